import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePorts } from '@bff/testbed';
import { type FreshClone } from '../fresh-clone.ts';

const portOf = (process: string): string => `${process.replaceAll('-', '_').toUpperCase()}_PORT`;

/** Calls the first read and the first write of a BFF as its clients do. Runs in the workspace, where its packages are. */
const probe = (app: string, scope: string, accounts: { user: string; partner: string }): string => `
import { readFileSync } from 'node:fs';
import { loginToMobileBff, loginToWebBff } from '${scope}/demo-world';
const url = 'http://localhost:' + process.env['${portOf(app)}'];
const { paths } = JSON.parse(readFileSync('apps/${app}/openapi.json', 'utf8'));
async function credentials() {
  if ('${app}' === 'web-bff') return loginToWebBff({ url, username: '${accounts.user}' });
  if ('${app}' === 'mobile-bff') return loginToMobileBff({ url, username: '${accounts.user}' });
  const answer = await fetch('http://localhost:' + process.env.DEV_IDP_PORT + '/token', {
    method: 'POST',
    headers: { Authorization: 'Basic ' + btoa('${accounts.partner}:demo-secret') },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return { Authorization: 'Bearer ' + (await answer.json()).access_token };
}
const headers = { ...(await credentials()), Origin: url, 'Content-Type': 'application/json', 'Idempotency-Key': 'k1' };
const isScreen = (path) => /^\\/(api|v\\d+)\\//.test(path);
const [read] = Object.keys(paths).filter((path) => isScreen(path) && paths[path].get && !path.includes('{'));
const [write] = Object.keys(paths).filter((path) => isScreen(path) && paths[path].post);
const screen = await fetch(url + read, { headers });
const made = await fetch(url + write, { method: 'POST', headers, body: JSON.stringify({ fare_id: 'fare-3', passengers: 2 }) });
const view = await screen.json();
if (screen.status !== 200 || view._meta?.complete !== true) throw new Error(read + ': ' + screen.status + ' ' + JSON.stringify(view));
if (made.status !== 200 && made.status !== 201) throw new Error(write + ': ' + made.status + ' ' + (await made.text()));
`;

interface Answers {
  readonly scope: string;
  readonly documents: readonly { readonly service: string }[];
}

const longestStartMs = 180_000;

/** Shell text that moves everything to free ports. */
async function freePortSettings(apps: readonly string[], services: readonly string[]): Promise<string> {
  const settings = [
    'DEV_IDP_PORT',
    ...apps.flatMap((app) => [portOf(app), portOf(`${app}-management`)]),
    ...services.map((name) => portOf(`${name}-service`)),
  ];
  const ports = await freePorts(settings.length);
  return settings.map((setting, index) => `export ${setting}=${ports[index]}; `).join('');
}

/** Starts `npm start` of an adopted workspace, and calls every BFF. @throws {Error} */
export async function adoptedWorld(clone: FreshClone): Promise<void> {
  const { scope, documents } = JSON.parse(readFileSync(join(clone.folder, '.bff.json'), 'utf8')) as Answers;
  const apps = readdirSync(join(clone.folder, 'apps'));
  const settings = await freePortSettings(apps, documents.map(({ service }) => service)); // prettier-ignore
  const world = clone.start(`${settings}npm start`);
  const ended = once(world, 'close');
  let printed = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`npm start did not come up\n${printed}`)), longestStartMs); // prettier-ignore
      for (const stream of [world.stdout, world.stderr])
        stream?.on('data', (chunk) => {
          printed += String(chunk);
          if (!printed.includes('Ctrl-C')) return;
          clearTimeout(timer);
          resolve();
        });
      world.once('exit', () => reject(new Error(`npm start ended\n${printed}`)));
    });
    const demo = readFileSync(join(clone.folder, 'tools/demo-world/src/any-screen.ts'), 'utf8');
    const [, user = ''] = /anyCustomer = '(\w+)'/.exec(demo) ?? [];
    const tenants = readFileSync(join(clone.folder, 'libs/services/demo-tenants.json'), 'utf8');
    const [, tenant = ''] = /"id": "(\w+)"/.exec(tenants) ?? [];
    for (const app of apps)
      await clone.run(
        `${settings}node --input-type=module <<'EOF'\n${probe(app, scope, { user, partner: `${tenant}-erp` })}\nEOF`,
      );
  } finally {
    if (world.pid !== undefined && world.exitCode === null) process.kill(-world.pid, 'SIGINT');
    await ended;
  }
}
