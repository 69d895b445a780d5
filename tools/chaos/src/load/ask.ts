import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Question {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * An answer, or a failure: when the connection broke or no answer arrived within {@link patienceMs}, `status`
 * is 0 and `body` is the reason.
 */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Time from sending to the last byte, in milliseconds. */
  readonly ms: number;
}

/** Longer than any screen takes on the busiest machine: later answers count as missing. */
export const patienceMs = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

/**
 * Sends one request as a client does. Never rejects. Does not use `fetch`, which decodes, follows redirects,
 * and costs the load generator twice as much CPU time.
 */
export async function ask({ method = 'GET', url, headers = {}, body }: Question): Promise<Reply> {
  const begun = performance.now();
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const asked = request(url, { method, headers: { ...headers }, agent, signal });
    const answered = new Promise<Reply>((resolve, reject) => {
      asked.once('error', reject);
      asked.once('response', (answer) => {
        text(answer).then(
          (body) =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body,
              ms: performance.now() - begun,
            }),
          reject,
        );
      });
    });
    // Without Content-Length Node sends the body of a DELETE unframed, and the server would parse it as a
    // second request.
    if (body !== undefined && !asked.hasHeader('Content-Length') && !asked.hasHeader('Transfer-Encoding'))
      asked.setHeader('Content-Length', Buffer.byteLength(body));
    asked.end(body);
    return await answered;
  } catch (error) {
    const reason = signal.aborted
      ? 'no answer in time'
      : ((error as NodeJS.ErrnoException).code ?? String(error));
    return { status: 0, headers: {}, body: reason, ms: performance.now() - begun };
  }
}
