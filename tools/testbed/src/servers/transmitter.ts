import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A transmitter of shared signals (CAEP, RISC) that publishes its key and sends the given tokens. */
export interface Transmitter {
  /** Settings of a BFF that trusts it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Returns a Security Event Token with one event about a subject. */
  token(eventType: string, subject: object, claims?: object): string;
  /** Pushes a token to a BFF (RFC 8935). @returns the status of the answer */
  push(url: string, token: string): Promise<number>;
  close(): void;
}

const audience = 'https://app.example/signals';
const authorization = 'Bearer what-the-transmitter-shows-0123';

/**
 * Starts a transmitter.
 *
 * @example const transmitter = await startTransmitter(); // startRig({ ...transmitter.settings })
 */
export async function startTransmitter(): Promise<Transmitter> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'transmitter', alg: 'ES256', use: 'sig' }];
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  server.unref().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    settings: {
      SIGNALS_ISSUER: issuer,
      SIGNALS_JWKS_URL: `${issuer}/jwks`,
      SIGNALS_AUDIENCE: audience,
      SIGNALS_AUTHORIZATION: authorization,
    },
    token(eventType, subject, claims) {
      const header = { alg: 'ES256', kid: 'transmitter', typ: 'secevent+jwt' };
      const payload = {
        iss: issuer,
        aud: audience,
        jti: randomUUID(),
        iat: Math.floor(Date.now() / 1000),
        sub_id: subject,
        events: { [eventType]: {} },
        ...claims,
      };
      const input = [header, payload]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${input}.${signature.toString('base64url')}`;
    },
    async push(url, token) {
      const headers = { 'Content-Type': 'application/secevent+jwt', Authorization: authorization };
      return (await fetch(`${url}/signals`, { method: 'POST', headers, body: token })).status;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
