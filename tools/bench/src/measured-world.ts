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
import { startCountingProxy, type Traffic } from './counting-proxy.ts';

export interface Door {
  readonly url: string;
  /** What says who asks. */
  readonly credentials: Readonly<Record<string, string>>;
}

export interface MeasuredWorld {
  readonly doors: Readonly<Record<MeasuredBff, Door>>;
  /** What the services sent to the BFFs. */
  readonly traffic: Traffic;
  /** Where the faults of order-service are set. */
  readonly orderService: string;
  close(): Promise<void>;
}

const bffs = ['web-bff', 'mobile-bff', 'partner-bff'] as const satisfies readonly BffName[];
export type MeasuredBff = (typeof bffs)[number];
const services = ['user', 'order', 'notification', 'loyalty'] as const;
/** Slowness and quotas are not what is measured here. */
const quick = { LOYALTY_DELAY_MS: '0', BURST_LIMIT: '100000' };

/** Every process of the demo on a free port, a counting proxy before each service, and `username` logged in everywhere. */
export async function startMeasuredWorld(username: string): Promise<MeasuredWorld> {
  const at = worldPorts(await freeWorld());
  const traffic: Traffic = { calls: 0, bytes: 0 };
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  const proxies = await Promise.all(
    services.map((name) => startCountingProxy(local(at[name].port), traffic)),
  );
  const urls = Object.fromEntries(
    services.map((name, index) => [`${name.toUpperCase()}_SERVICE_URL`, proxies[index]?.url ?? '']),
  );
  const plans = [
    ...worldPlans(at),
    ...bffs.map((name) => bffPlan(name, at)).map((plan) => ({ ...plan, env: { ...plan.env, ...urls } })),
  ];
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
    return { doors, traffic, orderService: local(at.order.port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The demo partner's, by client credentials (RFC 6749, section 4.4). */
async function partnerCredentials(port: number): Promise<{ readonly Authorization: string }> {
  const answer = await fetch(`http://localhost:${port}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('acme-erp:demo-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no token for the partner (${answer.status})`);
  return { Authorization: `Bearer ${token}` };
}
