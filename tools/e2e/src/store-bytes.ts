import {
  bffPlan,
  freeWorld,
  loginToMobileBff,
  loginToWebBff,
  startProcess,
  worldPlans,
  worldPorts,
} from '@bff/demo-world';
import { startRedis, type TestRedis } from '@bff/testbed';

const users = ['alice', 'bob', 'gina'];
const screens = ['home', 'profile', 'orders'];

/**
 * `npm run store-bytes`: prints a Markdown table of the memory that a session, a sync base and other entries
 * take in Redis, as Redis reports it.
 */
const at = worldPorts(await freeWorld());
const redis = await startRedis();
process.env['REDIS_URL'] = redis.url;
const running = [
  ...worldPlans(at),
  bffPlan('web-bff', at),
  bffPlan('mobile-bff', at),
  bffPlan('partner-bff', at),
].map((plan) => startProcess(plan));

try {
  await Promise.all(running.map(({ ready }) => ready));
  const mobile = `http://localhost:${at.mobile.port}`;
  for (const username of users) {
    await loginToWebBff({ url: `http://localhost:${at.web.port}`, username });
    const device = await loginToMobileBff({ url: mobile, username });
    for (const screen of screens)
      await fetch(`${mobile}/api/${screen}`, { headers: { ...device, 'A-IM': 'json-patch' } });
  }
  const answer = await fetch(`http://localhost:${at.idp.port}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('acme-erp:demo-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  await fetch(`http://localhost:${at.partner.port}/v2/profile`, {
    headers: { Authorization: `Bearer ${token}` },
  });

  const sizes = bytesByArea(redis);
  process.stdout.write('| what | bytes in Redis |\n| --- | ---: |\n');
  for (const [area, what, count] of [
    ['session', 'one session of web-bff, with its indexes', users.length],
    ['token', 'one session of mobile-bff, with its indexes', users.length],
    ['sync', 'one sync base of a demo screen, with its index', users.length * screens.length],
    ['limit', 'the limits of one partner client', 1],
  ] as const)
    process.stdout.write(`| ${what} | ${Math.round((sizes.get(area) ?? 0) / count)} |\n`);
} finally {
  await Promise.all(running.map((each) => each.stop()));
  await redis.close();
}

/** Sums bytes by the second segment of the keys, which names the kind of entry. */
function bytesByArea({ cli }: TestRedis): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const key of cli('--raw', 'KEYS', '*').split('\n').filter(Boolean)) {
    const area = key.split(':')[1] ?? '';
    const bytes = Number(cli('--raw', 'MEMORY', 'USAGE', key, 'SAMPLES', '0'));
    sizes.set(area, (sizes.get(area) ?? 0) + bytes);
  }
  return sizes;
}
