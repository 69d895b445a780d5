import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePorts } from '@bff/testbed';
import type { FreshClone } from '../proof/fresh-clone.ts';

const portOf = (process: string): string => `${process.replaceAll('-', '_').toUpperCase()}_PORT`;

/**
 * Returns a script that calls a BFF as its clients do: every read, every tool, the second page of each list,
 * and every write with its receipt. It prints a line per call. It must run in the workspace, because it
 * imports packages of the workspace.
 */
const probe = (
  app: string,
  scope: string,
  accounts: { user: string; partner: string },
  bodies: object,
): string => `
import { readFileSync } from 'node:fs';
import { connectAgent, loginToMobileBff, loginToWebBff } from '${scope}/demo-world';
const url = 'http://localhost:' + process.env['${portOf(app)}'];
const bodies = ${JSON.stringify(bodies)};
const { paths, 'x-tools': tools } = JSON.parse(readFileSync('apps/${app}/openapi.json', 'utf8'));
if (tools) {
  await callTools();
  process.exit(0);
}
async function credentials() {
  if (paths['/auth/login']) return loginToWebBff({ url, username: '${accounts.user}' });
  if (paths['/oauth/token']) return loginToMobileBff({ url, username: '${accounts.user}' });
  const answer = await fetch('http://localhost:' + process.env.DEV_IDP_PORT + '/token', {
    method: 'POST',
    headers: { Authorization: 'Basic ' + btoa('${accounts.partner}:demo-secret') },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return { Authorization: 'Bearer ' + (await answer.json()).access_token };
}
const headers = { ...(await credentials()), Origin: url };
async function call(method, path, init, isGood) {
  const answer = await fetch(url + path.replaceAll(/\\{\\w+\\}/g, 'x1'), { method, ...init, headers: { ...headers, ...init.headers } });
  const text = await answer.text();
  const body = text === '' ? undefined : JSON.parse(text);
  if (!answer.ok || !isGood(body)) throw new Error([method, path, answer.status, text].join(' '));
  console.log('${app}:', method, path.slice(0, 60), answer.status);
  return body;
}
async function callTools() {
  const agent = await connectAgent({ url: url + '/mcp', username: '${accounts.user}' });
  async function callTool(name, given) {
    const { structuredContent: result, content, isError } = await agent.call(name, given);
    if (isError || result._meta.complete === false) throw new Error([name, JSON.stringify(content)].join(' '));
    console.log('${app}:', name, Object.keys(given).join());
    return result;
  }
  for (const { name, inputSchema } of tools) {
    if (inputSchema.required?.includes('idempotency_key')) continue;
    const required = Object.fromEntries((inputSchema.required ?? []).map((each) => [each, 'x1']));
    const given = { ...required, ...(inputSchema.properties.body && { body: bodies[name] }) };
    const result = await callTool(name, inputSchema.properties.cursor ? { ...given, limit: 2 } : given);
    if (result.next_cursor) await callTool(name, { ...given, limit: 2, cursor: result.next_cursor });
    const confirm = result._meta.confirm?.token;
    if (confirm) await callTool(name, { ...given, confirm });
  }
  await agent.close();
}
const isComplete = (body) => body._meta?.complete === true;
let key = 0;
const served = Object.entries(paths).filter(([each]) => /^\\/(api|v\\d+)\\/(?!writes\\/)/.test(each));
for (const [path, item] of served)
  for (const [method, operation] of Object.entries(item)) {
    if (method === 'get') {
      await call('GET', path, {}, isComplete);
      if (!operation.parameters.some(({ name }) => name === 'cursor')) continue;
      const cursorOf = (body) => body.next_cursor;
      const first = await call('GET', path + '?limit=2', {}, (body) => isComplete(body) && typeof cursorOf(body) === 'string');
      await call('GET', path + '?limit=2&cursor=' + encodeURIComponent(cursorOf(first)), {}, isComplete);
      continue;
    }
    const [type] = Object.keys(operation.requestBody?.content ?? {});
    const sent = type === undefined ? {} : { 'Content-Type': type };
    const body = type === undefined ? undefined : JSON.stringify(bodies[operation.operationId]);
    await call(method.toUpperCase(), path, { headers: { ...sent, 'Idempotency-Key': 'k' + ++key }, body }, () => true);
    await call('GET', path.replace(/(?<=^\\/\\w+\\/).*/, 'writes/k' + key), {}, ({ state }) => state === 'applied');
  }
`;

interface Answers {
  readonly scope: string;
  readonly documents: readonly { readonly service: string }[];
}

const longestStartMs = 180_000;

/** Returns shell text that moves every process to a free port. */
async function freePortSettings(apps: readonly string[], services: readonly string[]): Promise<string> {
  const settings = [
    'DEV_IDP_PORT',
    ...apps.flatMap((app) => [portOf(app), portOf(`${app}-management`)]),
    ...services.map((name) => portOf(`${name}-service`)),
  ];
  const ports = await freePorts(settings.length);
  return settings.map((setting, index) => `export ${setting}=${ports[index]}; `).join('');
}

/**
 * Runs `npm start` in an adopted workspace, and calls everything that its BFFs serve.
 *
 * @param bodies of the writes, by `operationId`
 * @returns a line for each call
 * @throws {Error} when a call is not answered as expected
 */
export async function adoptedWorld(clone: FreshClone, bodies: object): Promise<readonly string[]> {
  const { scope, documents } = JSON.parse(readFileSync(join(clone.folder, '.bff.json'), 'utf8')) as Answers;
  const apps = readdirSync(join(clone.folder, 'apps'));
  const settings = await freePortSettings(
    apps,
    documents.map(({ service }) => service),
  );
  const world = clone.start(`${settings}npm start`);
  const ended = once(world, 'close');
  let printed = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`npm start was not ready in time\n${printed}`)),
        longestStartMs,
      );
      for (const stream of [world.stdout, world.stderr])
        stream?.on('data', (chunk) => {
          printed += String(chunk);
          if (!printed.includes('Ctrl-C')) return;
          clearTimeout(timer);
          resolve();
        });
      world.once('exit', () => reject(new Error(`npm start exited\n${printed}`)));
    });
    const demo = readFileSync(join(clone.folder, 'tools/demo-world/src/any-screen.ts'), 'utf8');
    const [, user = ''] = /anyCustomer = '(\w+)'/.exec(demo) ?? [];
    const tenants = readFileSync(join(clone.folder, 'libs/services/demo-tenants.json'), 'utf8');
    const [, tenant = ''] = /"id": "(\w+)"/.exec(tenants) ?? [];
    const lines: string[] = [];
    for (const app of apps) {
      const program = probe(app, scope, { user, partner: `${tenant}-erp` }, bodies);
      const said = await clone.run(`${settings}node --input-type=module <<'EOF'\n${program}\nEOF`);
      lines.push(...said.trim().split('\n'));
    }
    return lines;
  } finally {
    if (world.pid !== undefined && world.exitCode === null) process.kill(-world.pid, 'SIGINT');
    await ended;
  }
}
