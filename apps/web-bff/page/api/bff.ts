import { createWebClient, type WebSchemas } from '../../client/index.ts';
import { measuredFetch, type Exchange } from './exchange.ts';

export type Profile = WebSchemas['ProfileAnswer'];
export type Order = WebSchemas['Order'];
export type Notification = WebSchemas['Notification'];
export type Preferences = WebSchemas['PreferencesAnswer'];
export type Session = WebSchemas['SessionAnswer'];
export type Meta = WebSchemas['Meta'];
export type Problem = WebSchemas['Problem'];

const listeners = new Set<(exchange: Exchange) => void>();
/** Calls `listener` after every call of the page; returns a function that removes it. */
export function onExchange(listener: (exchange: Exchange) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

let tenant: string | undefined;
/** Selects the tenant of all following calls. */
export const chooseTenant = (chosen: string): void => void (tenant = chosen);
const measured = measuredFetch((exchange) => listeners.forEach((listener) => listener(exchange)));

/** The generated client; it knows only the paths and schemas of the API. */
export const bff = createWebClient({
  baseUrl: location.origin,
  fetch(request) {
    if (tenant !== undefined) request.headers.set('X-Tenant-ID', tenant);
    return measured(request);
  },
});
