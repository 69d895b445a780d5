import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loginToMobileBff, loginToWebBff, type BffName } from '@bff/demo-world';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { renewTokens, logInClients } from '../load/load-clients.ts';

export interface Credentials {
  /** URL that returns the header fields with which a client calls the path that `?path=` names. */
  readonly url: string;
  /**
   * Checks that the session that most calls share is still valid.
   * @throws {Error} if it is not, because the findings are then not reliable
   */
  check(): Promise<void>;
  close(): Promise<void>;
}

const renewEveryMs = 120_000;
/** Paths that end the calling session. Each such call gets a new session of another user. */
const endsSession = /\/(logout|revoke|revalidate)$|\/sessions/;
const [tenant] = product.tenants;
const [user = '', spare = ''] = tenant.users(1, 2);

/** Logs in at one BFF as its clients do, and serves the credentials over HTTP. */
export async function startCredentials(fleet: Fleet, bff: BffName): Promise<Credentials> {
  const visitors = await logInClients(fleet, { [tenant.id]: [user] });
  const visitor = visitors.find((each) => each.bff === bff);
  if (visitor === undefined) throw new TypeError(`no user is logged in at ${bff}`);
  const renewing = setInterval(() => void renewTokens(visitors).catch(() => undefined), renewEveryMs);
  const { url } = fleet.doors[bff];
  const another = async (): Promise<object> => {
    if (visitor.client === 'web') return loginToWebBff({ url, username: spare });
    if (visitor.client === 'mobile') return loginToMobileBff({ url, username: spare });
    return visitor.credentials;
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://here.invalid').searchParams.get('path') ?? '';
    Promise.resolve(endsSession.test(path) ? another() : visitor.credentials).then(
      (credentials) => response.end(JSON.stringify(credentials)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async check() {
      const { status } = await visitor.send(visitor.read(product.composed));
      if (status !== 200) throw new Error(`the client of ${bff} got status ${status} at the end of the run`);
    },
    async close() {
      clearInterval(renewing);
      server.close();
      server.closeAllConnections();
    },
  };
}
