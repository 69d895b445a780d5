import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSameSecret } from '../core/same-secret.ts';

/**
 * Performs an operation with the parsed JSON body. If it rejects, the response is 500.
 * @returns the status and the JSON body of the response
 */
export type Operation = (body: unknown) => Promise<readonly [status: number, answer: unknown]>;

export interface ManagementOperations {
  /** Token that callers present as `Authorization: Bearer`. If undefined, every call gets 403. */
  readonly token: string | undefined;
  /** Setting that holds the token, named in the 403 when there is none. */
  readonly tokenSetting: string;
  readonly byPath: Readonly<Record<string, Operation>>;
}

const maxBodyBytes = 16_384;

/**
 * Serves `POST` requests of operators on the management port. The other pages of the port need no
 * credentials; operations need the token, and a content type that a page of another origin cannot send
 * without a preflight.
 */
export function operationsListener({ token, tokenSetting, byPath }: ManagementOperations) {
  async function answer(
    path: string,
    request: IncomingMessage,
  ): Promise<readonly [number, unknown, object?]> {
    if (request.method !== 'POST') return [405, { error: 'POST only' }, { Allow: 'POST' }];
    if (token === undefined) return [403, { error: `${tokenSetting} is not set` }];
    if (!presents(request, token))
      return [401, { error: `Authorization: Bearer <${tokenSetting}>` }, { 'WWW-Authenticate': 'Bearer' }];
    if (!/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? ''))
      return [415, { error: 'application/json only' }];
    const text = await bodyOf(request);
    if (text === undefined) return [413, { error: `at most ${maxBodyBytes} bytes` }, { Connection: 'close' }];
    const body = parsed(text);
    if (body === undefined) return [400, { error: 'the body is not JSON' }];
    return (byPath[path] as Operation)(body);
  }

  return (path: string, request: IncomingMessage, response: ServerResponse): void => {
    answer(path, request).then(
      ([status, body, headers]) =>
        response
          .writeHead(status, { 'Content-Type': 'application/json', ...headers })
          .end(JSON.stringify(body)),
      () => response.writeHead(500).end(),
    );
  };
}

function presents({ headers: { authorization = '' } }: IncomingMessage, token: string): boolean {
  return isSameSecret(/^bearer +(.+)$/i.exec(authorization)?.[1] ?? '', token);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
