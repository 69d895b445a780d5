import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { RotatingProvider } from './rotating-provider.ts';

/** The page of one user: its cookies and its reactions to the answers of web-bff. */
export interface WebSession {
  /** Cookies by name. */
  readonly jar: Map<string, string>;
  /** Whether a revalidation is in progress; two must not overlap. */
  isRevalidating: boolean;
}

export type Seen =
  | 'ok'
  /** The confirmation had expired, so the page revalidated and requested the screen again. */
  | 'late'
  | 'logged out'
  | { readonly status: number };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Sends a request with the cookies of the session, and stores those of the answer. Discards the body. */
async function call({ jar }: WebSession, url: string, method = 'GET'): Promise<IncomingMessage> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const sent = request(url, {
    method,
    agent,
    headers: { Cookie: cookie, 'X-CSRF': '1', 'Sec-Fetch-Mode': 'navigate' },
  });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  for (const line of answer.headers['set-cookie'] ?? []) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/Expires=Thu, 01 Jan 1970/.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}

/** Logs a user in. @throws {Error} when the login creates no session */
export async function logIn(url: string, provider: RotatingProvider, subject: string): Promise<WebSession> {
  const session: WebSession = { jar: new Map(), isRevalidating: false };
  const begun = await call(session, `${url}/auth/login?return_to=/`);
  const query = new URL(String(begun.headers['location'])).searchParams;
  const code = provider.codeFor(subject, query.get('nonce') ?? '');
  const back = new URLSearchParams({ code, state: query.get('state') ?? '', iss: provider.issuer });
  const { statusCode } = await call(session, `${url}/auth/callback?${back}`);
  if (statusCode !== 302) throw new Error(`a login was answered with ${statusCode}`);
  return session;
}

/** Calls `POST /auth/revalidate`. @returns its status */
async function revalidate(session: WebSession, url: string): Promise<number> {
  if (session.isRevalidating) return 0;
  session.isRevalidating = true;
  try {
    return (await call(session, `${url}/auth/revalidate`, 'POST')).statusCode ?? 0;
  } finally {
    session.isRevalidating = false;
  }
}

/**
 * Requests a screen like the typed client, which revalidates in the background when the answer demands it.
 */
export async function ask(session: WebSession, url: string, path: string): Promise<Seen> {
  const answer = await call(session, url + path);
  if (answer.statusCode === 200) {
    if (answer.headers['bff-session'] === 'revalidate') void revalidate(session, url).catch(() => 0);
    return 'ok';
  }
  if (answer.statusCode !== 401) return { status: answer.statusCode ?? 0 };
  if (answer.headers['bff-session'] !== 'revalidate') return 'logged out';
  await revalidate(session, url);
  const again = await call(session, url + path);
  if (again.statusCode === 200) return 'late';
  // The revalidation is still due if another one is in progress, or if an overloaded replica rejected this
  // one.
  const isDue = again.headers['bff-session'] === 'revalidate';
  return again.statusCode === 401 && !isDue ? 'logged out' : { status: again.statusCode ?? 0 };
}
