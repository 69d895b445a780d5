import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** What a file has to hold: certificates or a private key in PEM, or a secret in whatever form. */
export type FileKind = 'certificates' | 'key' | 'secret';

/**
 * Why a file cannot be used, to be put behind the name of its setting; undefined when nothing is wrong. The content is
 * never in the text.
 *
 * @param production a key or secret that everybody on the machine can read is a fault. Its group may: Kubernetes gives a mounted
 * secret to the group of the pod
 */
export function fileFault(file: string, kind: FileKind, production: boolean): string | undefined {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'names no file' : `names a file that this user cannot read (${code})`;
  }
  if (kind === 'certificates')
    return isCertificate(pem) ? undefined : 'names a file without a certificate in PEM';
  if (kind === 'key' && !isPrivateKey(pem)) return 'names a file without an unencrypted private key in PEM';
  const isOpen = production && (statSync(file).mode & 0o007) !== 0;
  return isOpen ? 'can be read by everybody on this machine (chmod o= is missing)' : undefined;
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}
