import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files and as PEM. */
export interface TestCertificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Creates a self-signed certificate on P-256, valid for two days.
 *
 * @param folder for `<name>.crt` and `<name>.key`
 * @param address for servers, such as `IP:127.0.0.1`
 */
export function selfSignedCertificate(folder: string, name: string, address?: string): TestCertificate {
  const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const options = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  ];
  const extension = address === undefined ? [] : ['-addext', `subjectAltName=${address}`];
  execFileSync('openssl', ['req', '-x509', ...options, ...extension, '-keyout', keyFile, '-out', certFile], {
    stdio: 'pipe',
  });
  return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}
