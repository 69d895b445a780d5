import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** What a file has to contain: PEM certificates, a PEM private key, or a secret in any form. */
export type FileKind = 'certificates' | 'key' | 'secret';

/**
 * Returns why a file cannot be used, as the predicate of a sentence that begins with the setting; undefined
 * when it can. The text never contains the content.
 * @param production if true, rejects a key or secret that every user of the machine can read. Its group may
 * read it, because Kubernetes gives a mounted secret to the group of the pod
 */
export function fileError(file: string, kind: FileKind, production: boolean): string | undefined {
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
