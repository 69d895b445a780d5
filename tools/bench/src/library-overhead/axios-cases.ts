import axios, { Axios, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
// @ts-expect-error -- a private entry has no types
// eslint-disable-next-line no-restricted-imports -- what was used before ADR 16, measured beside its replacement
import * as privateEntry from 'axios/unsafe/core/dispatchRequest.js';
import type { OverheadCase } from './measure-in-turns.ts';

/** Simulates the transport of `upstream-clients`: a class instance that answers at once. */
class Exchange {
  readonly reply = { status: 200 };
  over(): Promise<object> {
    return Promise.resolve(this.reply);
  }
}

const headers = new AxiosHeaders();

async function adapter(config: InternalAxiosRequestConfig<Exchange>) {
  const exchange = config.data as Exchange;
  const data = await exchange.over();
  return { data, status: exchange.reply.status, statusText: '', headers, config };
}

const instance = new Axios({ adapter });
const created = axios.create({ adapter, transformRequest: [], transformResponse: [], validateStatus: null });
const { default: dispatchRequest } = privateEntry as { default: (config: object) => Promise<unknown> };

export const axiosCases: readonly OverheadCase[] = [
  { name: 'axios: adapter alone', call: () => adapter({ data: new Exchange(), headers }) },
  {
    name: 'axios: private dispatchRequest',
    call: () => dispatchRequest({ adapter, headers, data: new Exchange() }),
  },
  { name: 'axios: new Axios().request', call: () => instance.request({ data: new Exchange() }) },
  { name: 'axios: axios.create().request', call: () => created.request({ data: new Exchange() }) },
];
