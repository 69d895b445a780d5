import {
  bffPlan,
  freeWorld,
  loginToMobileBff,
  loginToWebBff,
  startProcess,
  worldPlans,
  worldPorts,
  type BffName,
} from '@bff/demo-world';
import { addressVariables } from './address-variables.ts';
import { startCountingProxy, type Traffic } from './counting-proxy.ts';
import type { MeasuredBff } from '../measured-product.ts';
import { product } from '../product.ts';

export interface BffAccess {
  readonly url: string;
  /** Header fields that authenticate the user. */
  readonly credentials: Readonly<Record<string, string>>;
}

export interface MeasuredWorld {
  readonly doors: Readonly<Record<MeasuredBff, BffAccess>>;
  /** Traffic from the services to the BFFs. */
  readonly traffic: Traffic;
  /** Base addresses of the services, at which their faults are set. */
  readonly services: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const bffs = ['web-bff', 'mobile-bff', 'partner-bff'] as const satisfies readonly (BffName & MeasuredBff)[];
/** Removes delays and quotas, which are not measured here. */
const quick = { ...product.serviceEnv, BURST_LIMIT: '100000' };

/**
 * Starts every process of the demo on a free port and a counting proxy in front of each service, and logs
 * `username` in at every BFF.
 */
export async function startMeasuredWorld(username: string): Promise<MeasuredWorld> {
  const at = worldPorts(await freeWorld());
  const traffic: Traffic = { calls: 0, bytes: 0 };
  const bffPlans = bffs.map((name) => bffPlan(name, at));
  const addresses: Readonly<Record<string, string>> = bffPlans[0]?.env ?? {};
  const services = Object.fromEntries(
    Object.entries(addressVariables).map(([name, variable]) => [name, addresses[variable] ?? '']),
  );
  const proxies = await Promise.all(
    Object.values(services).map((address) => startCountingProxy(address, traffic)),
  );
  const urls = Object.fromEntries(
    Object.values(addressVariables).map((variable, index) => [variable, proxies[index]?.url ?? '']),
  );
  const plans = [...worldPlans(at), ...bffPlans.map((plan) => ({ ...plan, env: { ...plan.env, ...urls } }))];
  const running = plans.map((plan) => startProcess({ ...plan, env: { ...plan.env, ...quick } }));
  const close = async (): Promise<void> => {
    for (const proxy of proxies) proxy.close();
    await Promise.all(running.map((each) => each.stop()));
  };
  try {
    await Promise.all(running.map(({ ready }) => ready));
    const [web, mobile, partner] = ([at.web, at.mobile, at.partner] as const).map(
      ({ port }) => `http://localhost:${port}`,
    ) as [string, string, string];
    const doors = {
      'web-bff': { url: web, credentials: await loginToWebBff({ url: web, username }) },
      'mobile-bff': { url: mobile, credentials: { ...(await loginToMobileBff({ url: mobile, username })) } },
      'partner-bff': { url: partner, credentials: await partnerCredentials(at.idp.port) },
    };
    return { doors, traffic, services, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Returns the access token of the measured partner, from the client credentials grant (RFC 6749, section
 * 4.4).
 */
async function partnerCredentials(port: number): Promise<{ readonly Authorization: string }> {
  const { clientId, clientSecret } = product.partner;
  const answer = await fetch(`http://localhost:${port}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`the partner got no token (status ${answer.status})`);
  return { Authorization: `Bearer ${token}` };
}
