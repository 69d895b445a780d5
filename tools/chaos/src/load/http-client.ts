import { randomUUID } from 'node:crypto';
import { loginToMobileBff, loginToWebBff, type BffName } from '@bff/demo-world';
import type { Facts, HttpClient } from '../broken-product.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { ask } from './ask.ts';
import type { LoadClient } from './load-client.ts';
import { partnerToken } from './tokens.ts';

type Headers = Readonly<Record<string, string>>;

interface HttpClientOptions {
  readonly client: HttpClient;
  readonly origin: string;
  readonly facts: Facts;
  readonly credentials: Headers;
  /** Returns the additional header fields of a write. Default: none. */
  readonly writeHeaders?: () => Headers;
}

/** Creates a client that reads and writes resources by their paths. */
function createHttpClient(options: HttpClientOptions): LoadClient {
  const { client, origin, facts, credentials, writeHeaders = () => ({}) } = options;
  const paths = product.screensOf(client, facts.user);
  const urlOf = (screen: string): string => origin + (paths[screen] ?? '');
  return {
    client,
    bff: `${client}-bff` satisfies BffName,
    facts,
    credentials,
    screens: Object.keys(paths),
    read: (screen) => ({ url: urlOf(screen), headers: credentials }),
    change: (etag, patch) => ({
      method: 'PATCH',
      url: urlOf(product.contract.counter.screen),
      headers: {
        ...credentials,
        ...writeHeaders(),
        'Content-Type': 'application/merge-patch+json',
        'If-Match': etag,
      },
      body: JSON.stringify(patch),
    }),
    readMarks: () => ({ url: origin + product.marks.screen, headers: credentials }),
    mark: (id) => ({
      method: 'POST',
      url: origin + product.marks.writeOf(id),
      headers: { ...credentials, ...writeHeaders() },
    }),
    send: ask,
  };
}

/** Logs a user in at web-bff. */
export async function createWebClient({ doors }: Fleet, facts: Facts): Promise<LoadClient> {
  const origin = doors['web-bff'].url;
  const credentials = await loginToWebBff({ url: origin, username: facts.user });
  return createHttpClient({
    client: 'web',
    origin,
    facts,
    credentials,
    writeHeaders: () => ({ Origin: origin }),
  });
}

/** Logs a user in at mobile-bff. */
export async function createMobileClient({ doors }: Fleet, facts: Facts): Promise<LoadClient> {
  const origin = doors['mobile-bff'].url;
  const credentials = { ...(await loginToMobileBff({ url: origin, username: facts.user })) };
  return createHttpClient({ client: 'mobile', origin, facts, credentials });
}

/** Creates a partner that reads the data of a user. It has a token after `renew`. */
export async function createPartnerClient({ doors, idp }: Fleet, facts: Facts): Promise<LoadClient> {
  const credentials: Record<string, string> = {};
  const tenant = product.tenants.find(({ id }) => id === facts.tenant) ?? product.tenants[0];
  return {
    ...createHttpClient({
      client: 'partner',
      origin: doors['partner-bff'].url,
      facts,
      credentials,
      writeHeaders: () => ({ 'Idempotency-Key': `"${randomUUID()}"` }),
    }),
    async renew() {
      credentials['Authorization'] = await partnerToken(idp, tenant);
    },
  };
}
