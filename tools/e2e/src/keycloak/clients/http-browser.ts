import { request as send, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A browser without scripts: stores the cookies of one origin, and sends the request headers of a navigation.
 * Does not use `fetch`, whose `Sec-Fetch-Mode` cannot be changed.
 */
export interface CookieClient {
  call(
    method: string,
    url: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<Answer>;
  /** Cookies of this client, which it also sends to other ports of the host. */
  readonly cookies: ReadonlyMap<string, string>;
}

export function createCookieClient(): CookieClient {
  const cookies = new Map<string, string>();
  return {
    cookies,
    call: (method, url, { headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const request = send(url, { method, headers: { ...headers, Cookie }, timeout: 20_000 });
        request.once('timeout', () => request.destroy(new Error(`${url} did not answer within 20 s`)));
        request.once('error', reject);
        request.once('response', (response) => {
          for (const line of response.headers['set-cookie'] ?? []) keep(cookies, line);
          text(response).then(
            (answer) =>
              resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
            reject,
          );
        });
        request.end(body);
      }),
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const [name = '', ...value] = pair.split('=');
  const isGone = attributes.some((each) => /^(?:expires=Thu, 01 Jan 1970|max-age=0$)/i.test(each));
  if (isGone) cookies.delete(name);
  else cookies.set(name, value.join('='));
}
