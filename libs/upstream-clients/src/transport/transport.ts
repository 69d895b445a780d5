import { Axios, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { buildConnector } from 'undici';
import type { Outcome, TlsFiles } from '@bff/service-kit';
import type { Accept } from '../pipeline/accept.ts';
import type { Call, CallScope, Fault } from '../pipeline/call.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import { Connections } from './connections.ts';
import { Exchange } from './exchange.ts';
import type { AnyOperation } from '../pipeline/operation.ts';
import { outgoingHeaders } from './outgoing-headers.ts';

export interface TransportOptions {
  /** `https://thing-service.internal` or `http://127.0.0.1:8080/prefix`. */
  readonly address: string;
  /** Audience of the internal token. */
  readonly audience: string;
  readonly tls: TlsFiles | undefined;
  /** Opens connections. Default: TCP. */
  readonly connect?: buildConnector.connector | undefined;
  /** Largest body of an answer in bytes; a larger one is aborted and is a bad response. */
  readonly maxBodyBytes: number;
  /** Milliseconds after which an idle connection is not reused. */
  readonly idleMs: number;
  /** Budget of this upstream; bounds the second tries of slow reads. */
  readonly retryBudget: RetryBudget;
}

/** The connection pool of one service, with one HTTP request per call. */
export interface Transport {
  /** Returns the innermost call of a pipeline. Its values are the results of `accept`. */
  callFor<T>(
    operation: Pick<AnyOperation, 'method' | 'accept' | 'contentType'>,
    accept: Accept<T> | undefined,
    onFault: (fault: Fault, scope: CallScope) => void,
  ): Call<T>;
  /** Rejects new calls, waits for those in flight, then closes the connections. */
  close(): Promise<void>;
}

/**
 * Upper bounds in milliseconds, in addition to the timer of each call. They cost nothing, because undici
 * shares its timers above one second.
 */
const poolTimeouts = { connectTimeout: 2_000, headersTimeout: 10_000, bodyTimeout: 10_000 };
/** Connections to one upstream. */
export const maxConnections = 256;

/**
 * Header fields of every response. Axios converts other objects to `AxiosHeaders` in each call, and nothing
 * reads them.
 */
const noHeaders = new AxiosHeaders();
const outcomeIn = <T>({ data }: AxiosResponse<Outcome<T>>) => data;

/**
 * Creates the transport.
 * @throws {TypeError} when the address is not an HTTP URL, or is `http:` although mTLS is configured
 */
export function createTransport(options: TransportOptions): Transport {
  const { address, audience, tls, connect, maxBodyBytes, idleMs, retryBudget: budget } = options;
  const { origin, prefix } = parseAddress(address, tls);
  const connections = new Connections(origin, {
    ...poolTimeouts,
    keepAliveTimeout: idleMs,
    // A longer `Keep-Alive` of the upstream is ignored: a firewall on the way may drop the connection sooner.
    keepAliveMaxTimeout: idleMs,
    connections: maxConnections,
    allowH2: false,
    ...(connect && { connect }),
    ...(tls && { connect: { ...tls } }),
  });
  const waiting = new Set<Exchange>();
  // `new Axios` starts without the defaults of `axios.create`: its transforms would serialize the exchange,
  // and merging the header fields costs some 20 us per call (docs/adr/0016).
  const axios = new Axios({
    adapter: async (config: InternalAxiosRequestConfig<Exchange>) => {
      const exchange = config.data as Exchange;
      const data = await exchange.run();
      return { data, status: exchange.reply.status, statusText: '', headers: noHeaders, config };
    },
  });

  return {
    callFor<T>(
      operation: Pick<AnyOperation, 'method' | 'accept' | 'contentType'>,
      accept: Accept<T> | undefined,
      onFault: (fault: Fault, scope: CallScope) => void,
    ) {
      const { method } = operation;
      const parts = { connections, accept, maxBodyBytes, budget, waiting };
      return function send(request, scope) {
        const path = prefix + request.target;
        const headers = outgoingHeaders(request, scope, audience, operation);
        const body = request.body === undefined ? null : JSON.stringify(request.body);
        const exchange = new Exchange({ path, method, headers, body }, request, scope, parts);
        return axios.request<Outcome<T>>({ data: exchange }).then((response) => {
          const { fault } = exchange.reply;
          if (fault) onFault(fault, scope);
          return outcomeIn<T>(response);
        });
      };
    },
    close: () => connections.close(),
  };
}

function parseAddress(address: string, tls: TlsFiles | undefined): { origin: string; prefix: string } {
  if (!URL.canParse(address)) throw new TypeError('the address of an upstream is not a URL');
  const { protocol, origin, pathname, username, password, search, hash } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new TypeError('the address of an upstream is neither http nor https');
  if (username || password || search || hash)
    throw new TypeError('the address of an upstream has more than an origin and a path');
  if (tls?.cert && protocol === 'http:')
    throw new TypeError('mTLS is configured, but the address of an upstream is http');
  return { origin, prefix: pathname.replace(/\/+$/, '') };
}
