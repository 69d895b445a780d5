import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientMetadata } from 'oidc-provider';
import type { DevIdpControl } from './control/control.ts';
import { createDevIdp, type Report } from './create-dev-idp.ts';
import { demoClients } from './demo-clients.ts';
import { createSigningKeys } from './provider/signing-keys.ts';
import { tokenFamilies } from './token-families.ts';

export interface DevIdpOptions {
  /** Port to listen on. Default 0: a free port. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`, because the passwords are public. */
  readonly host?: string;
  /** Issuer identifier. Default `http://<host>:<port>`. */
  readonly issuer?: string;
  /** Further clients, or changes to the demo clients by `client_id` (RFC 7591 metadata, merged). */
  readonly clients?: readonly ClientMetadata[];
  /** Families whose clients get access tokens. Default: {@link tokenFamilies}. */
  readonly tokenFamilies?: readonly string[];
  /** Receives log lines. Default: they are discarded. */
  readonly report?: Report;
}

export interface DevIdp {
  readonly issuer: string;
  readonly control: DevIdpControl;
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
}

/**
 * Starts a development identity provider in this process.
 * @throws {Error} in production (`NODE_ENV`), when the port is taken (code `EADDRINUSE`), or when a client is
 * invalid
 */
export async function startDevIdp(options: DevIdpOptions = {}): Promise<DevIdp> {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('the development identity provider does not run with NODE_ENV=production');
  const { port = 0, host = '127.0.0.1', clients = [], report = () => undefined } = options;
  const families = options.tokenFamilies ?? tokenFamilies;
  const keys = await createSigningKeys();
  const server = createServer();
  const address = await listen(server, port, host);
  const issuer = options.issuer ?? `http://${host}:${address.port}`;

  async function close(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  try {
    const { control, answer } = createDevIdp(issuer, keys, families, report);
    server.on('request', (request, response) => {
      answer(request, response).catch((error: unknown) => {
        report(`${request.method} ${request.url}: ${String(error)}`);
        response.destroy();
      });
    });
    for (const { client_id, ...metadata } of [...demoClients(families), ...clients])
      await control.setClient(client_id, metadata);
    return { issuer, control, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}
