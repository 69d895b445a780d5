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
  /** Whom the internal token is made out to. */
  readonly audience: string;
  readonly tls: TlsFiles | undefined;
  /** Default: over TCP. */
  readonly connect?: buildConnector.connector | undefined;
  /** A longer answer is aborted and is a bad response. */
  readonly maxBodyBytes: number;
  /** Milliseconds for which an idle connection is used again. */
  readonly idleMs: number;
  /** Of this upstream: bounds second tries of slow reads. */
  readonly retryBudget: RetryBudget;
}

/** The way to one service: kept-alive connections, and one HTTP request per call. */
export interface Transport {
  /** The innermost call of a pipeline. Its values are what `accept` makes of the JSON. */
  callFor<T>(
    operation: Pick<AnyOperation, 'method' | 'accept' | 'contentType'>,
    accept: Accept<T> | undefined,
    onFault: (fault: Fault, scope: CallScope) => void,
  ): Call<T>;
  /** Takes no more calls, lets those in flight end, closes the connections. */
  close(): Promise<void>;
}

/** Nets under the timer of each call, in milliseconds; above a second undici's timers are shared and cost nothing. */
const poolTimeouts = { connectTimeout: 2_000, headersTimeout: 10_000, bodyTimeout: 10_000 };
/** To one upstream. */
export const maxConnections = 256;

/** Axios converts the headers of each response to an `AxiosHeaders`, unless they are one already. */
const noHeaders = new AxiosHeaders();
const outcomeIn = <T>({ data }: AxiosResponse<Outcome<T>>) => data;

/** @throws {TypeError} when the address is not that of an HTTP service, or would carry mTLS traffic in the clear */
export function createTransport(options: TransportOptions): Transport {
  const { address, audience, tls, connect, maxBodyBytes, idleMs, retryBudget: budget } = options;
  const { origin, prefix } = parseAddress(address, tls);
  const connections = new Connections(origin, {
    ...poolTimeouts,
    keepAliveTimeout: idleMs,
    // What an upstream promises beyond it is not relied on: a firewall between may forget a connection sooner.
    keepAliveMaxTimeout: idleMs,
    connections: maxConnections,
    allowH2: false,
    ...(connect && { connect }),
    ...(tls && { connect: { ...tls } }),
  });
  const waiting = new Set<Exchange>();
  // `new Axios` starts without the defaults of `axios.create`: the transforms would serialize the exchange, and merging the
  // headers costs some 20 us a call (docs/adr/0016).
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
