import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { answerCheck } from './check-answer.ts';

/** Compares the answers of servers in this process with an OpenAPI document. */
export interface AnswerRecorder {
  /** Records the answers of the server at this address from now on. */
  watch(url: string): void;
  /**
   * Stops recording. @throws {Error} when an answer contained something that the document does not describe
   */
  stop(): void;
}

interface Started {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

const started = 'http.server.request.start';
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
};

/**
 * Creates a recorder of every complete answer of the watched servers, which must run in this process.
 *
 * @example
 * const answers = recordAnswers(openApiDocument());
 * answers.watch(service.url);
 * // requests
 * answers.stop();
 */
export function recordAnswers(document: Readonly<Record<string, unknown>>): AnswerRecorder {
  const check = answerCheck(JSON.parse(JSON.stringify(document)) as Readonly<Record<string, unknown>>);
  const ports = new Set<number>();
  const undescribed = new Set<string>();

  const onStart = (message: unknown): void => {
    const { request, response, server } = message as Started;
    const { port } = (server.address() ?? { port: 0 }) as AddressInfo;
    if (!ports.has(port)) return;
    const bytes = collected(response);
    response.once('finish', () => {
      const { method = '', url = '' } = request;
      const headers = Object.fromEntries(
        Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
      );
      const body = bytes();
      const decode = body.length > 0 ? decoders[headers['content-encoding'] ?? ''] : undefined;
      const lines = check({
        method,
        path: url.split('?')[0] ?? '',
        status: response.statusCode,
        headers,
        body: (decode?.(body) ?? body).toString(),
      });
      for (const line of lines ?? []) undescribed.add(line);
    });
  };
  subscribe(started, onStart);
  return {
    watch: (url) => void ports.add(Number(new URL(url).port)),
    stop() {
      unsubscribe(started, onStart);
      if (undescribed.size > 0)
        throw new Error(
          `the OpenAPI document does not describe these parts of the answers:\n${[...undescribed].sort().join('\n')}`,
        );
    },
  };
}

/**
 * Collects the body, which the returned function returns, and stores header fields given only to writeHead.
 */
function collected(response: ServerResponse): () => Buffer {
  const chunks: Buffer[] = [];
  const { write, end, writeHead } = response;
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, (encoding ?? 'utf8') as BufferEncoding));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const patch = (name: 'write' | 'end', original: (...args: unknown[]) => unknown) =>
    Object.assign(response, {
      [name]: (...args: unknown[]) => {
        keep(args[0], typeof args[1] === 'string' ? args[1] : undefined);
        return original.apply(response, args);
      },
    });
  patch('write', write as (...args: unknown[]) => unknown);
  patch('end', end as (...args: unknown[]) => unknown);
  Object.assign(response, {
    writeHead(status: number, ...more: [OutgoingHttpHeaders?] | [string, OutgoingHttpHeaders?]) {
      const fields = more.at(-1);
      // Stores the fields, because the response does not store those passed to writeHead if it has no others.
      if (typeof fields === 'object' && !Array.isArray(fields))
        for (const [name, value] of Object.entries(fields))
          if (value !== undefined) response.setHeader(name, value);
      return (writeHead as (...args: unknown[]) => unknown).call(
        response,
        status,
        ...more.filter((each) => typeof each === 'string'),
      );
    },
  });
  return () => Buffer.concat(chunks);
}
