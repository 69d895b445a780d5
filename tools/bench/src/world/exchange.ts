import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Exchange {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Bytes of status line and header section, without {@link changing}. */
  readonly headBytes: number;
  /** The body as sent, with its content coding. */
  readonly body: Buffer;
}

/** Fields whose length varies between answers, independently of coding and selection. */
const changing = new Set(['server-timing', 'ratelimit']);

/** Sends one request. Does not use `fetch`, which decodes the body and adds its own `Accept-Encoding`. */
export async function exchange(
  url: string,
  headers: Readonly<Record<string, string>>,
  method: 'GET' | 'HEAD' = 'GET',
): Promise<Exchange> {
  const asked = request(url, { method, headers });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const body = await buffer(answer);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    headBytes: headBytes(answer),
    body,
  };
}

function headBytes({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): number {
  let text = `HTTP/${httpVersion} ${statusCode} ${statusMessage}\r\n\r\n`;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (!changing.has((rawHeaders[at] ?? '').toLowerCase()))
      text += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`;
  return Buffer.byteLength(text, 'latin1');
}
