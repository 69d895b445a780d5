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
/** Calls back for every call of the page, until the function that is returned is called. */
export function onExchange(listener: (exchange: Exchange) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

let tenant: string | undefined;
/** For which of the user's tenants the page asks from now on. */
export const chooseTenant = (chosen: string): void => void (tenant = chosen);
const measured = measuredFetch((exchange) => listeners.forEach((listener) => listener(exchange)));

/** The generated client; nothing here knows an address or a shape that the contract does not. */
export const bff = createWebClient({
  baseUrl: location.origin,
  fetch(request) {
    if (tenant !== undefined) request.headers.set('X-Tenant-ID', tenant);
    return measured(request);
  },
});
