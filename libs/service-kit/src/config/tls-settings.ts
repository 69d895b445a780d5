import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text, type Setting } from './settings.ts';

/** TLS options for one peer: its authorities, and a client certificate where the peer requires one (mTLS). */
export interface TlsFiles {
  /** PEM certificates of the certificate authorities (CAs) that are trusted instead of the system's. */
  readonly ca?: string | Buffer;
  /** PEM client certificate with its chain. */
  readonly cert?: string | Buffer;
  /** PEM private key of the client certificate. */
  readonly key?: string | Buffer;
}

type Part = 'CaFile' | 'CertFile' | 'KeyFile';
type TlsSettings<Peer extends string> = {
  readonly [Name in `${Peer}${Part}`]: Setting<string> & { readonly optional: true };
};
export type TlsValues<Peer extends string> = {
  readonly [Name in `${Peer}${Part}`]?: string | undefined;
};

/**
 * Returns the TLS settings for one peer, which have the same form for every peer. Their files are read at
 * start.
 * @example
 * ...tlsSettings('redis', 'Redis') // REDIS_CA_FILE, REDIS_CERT_FILE, REDIS_KEY_FILE
 */
export function tlsSettings<const Peer extends string>(peer: Peer, label: string): TlsSettings<Peer> {
  const file = (part: Part, name: string, kind: Setting['file'], meaning: string) => [
    `${peer}${part}`,
    { env: variable(peer, name), schema: text(), optional: true, file: kind, meaning },
  ];
  return Object.fromEntries([
    file(
      'CaFile',
      'CA',
      'certificates',
      `PEM file of the authorities of ${label}; unset: those of the system`,
    ),
    file('CertFile', 'CERT', 'certificates', `PEM file of our client certificate for ${label} (mTLS)`),
    file('KeyFile', 'KEY', 'key', `PEM file of the key of our client certificate for ${label}`),
  ]) as TlsSettings<Peer>;
}

const variable = (peer: string, part: string): string => `${peer.toUpperCase()}_${part}_FILE`;

function filesOf<Peer extends string>(peer: Peer, values: TlsValues<Peer>) {
  const of = (part: Part): string | undefined => values[`${peer}${part}`];
  return { ca: of('CaFile'), cert: of('CertFile'), key: of('KeyFile') };
}

/** Returns an error if the certificate and the key of a peer are not set together, or do not match. */
export function tlsErrors<Peer extends string>(peer: Peer, values: TlsValues<Peer>): string[] {
  const { cert, key } = filesOf(peer, values);
  const names = [variable(peer, 'CERT'), variable(peer, 'KEY')] as const;
  if ((cert === undefined) !== (key === undefined)) return [`${names.join(' and ')} must be set together`];
  if (cert === undefined || key === undefined) return [];
  try {
    const isPair = new X509Certificate(readFileSync(cert)).checkPrivateKey(
      createPrivateKey(readFileSync(key)),
    );
    return isPair ? [] : [`${names[1]} is not the key of the certificate in ${names[0]}`];
  } catch {
    // A file without a certificate or key is reported by the check of its own setting.
    return [];
  }
}

/** Reads the files. Returns undefined when no file is set. @throws {Error} when a file cannot be read */
export function readTls<Peer extends string>(peer: Peer, values: TlsValues<Peer>): TlsFiles | undefined {
  const { ca, cert, key } = filesOf(peer, values);
  if (ca === undefined && cert === undefined) return undefined;
  return {
    ...(ca !== undefined && { ca: readFileSync(ca) }),
    ...(cert !== undefined && key !== undefined && { cert: readFileSync(cert), key: readFileSync(key) }),
  };
}
