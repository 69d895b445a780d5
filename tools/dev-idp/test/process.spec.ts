import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  createBrowser,
  loginThroughForm,
  logoutThroughForm,
  startDevIdp,
  type DevIdp,
} from '../src/index.ts';
import { loginClients } from '../src/login-clients.ts';
import { authorizationRequest, redeem } from './relying-party.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const urlVariable = (name: string): string => `${name.replaceAll('-', '_').toUpperCase()}_URL`;
let running: Process | undefined;

interface Process {
  readonly child: ChildProcess;
  readonly stdout: Promise<string>;
  readonly stderr: Promise<string>;
  readonly exit: Promise<unknown[]>;
}

function run(environment: Readonly<Record<string, string>>): Process {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...environment },
  });
  running = {
    child,
    stdout: text(child.stdout),
    stderr: text(child.stderr),
    exit: once(child, 'exit'),
  };
  return running;
}

/** Resolves to the issuer when the process reports that it is ready. */
async function ready({ child }: Process): Promise<string> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return /^dev-idp ready at (\S+)\n$/.exec(line.toString())?.[1] ?? `no issuer in: ${line.toString()}`;
}

afterEach(async () => {
  if (running?.child.exitCode === null) running.child.kill('SIGKILL');
  await running?.exit;
  running = undefined;
});

describe('the dev-idp process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'dev-idp prints one line, serves, and exits with 0 on %s',
    async (signal) => {
      const idp = run({ PORT: '0' });
      const issuer = await ready(idp);
      expect(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()).toMatchObject({
        issuer,
      });
      const hanging = fetch(`${issuer}/jwks`, { method: 'GET' });
      expect((await hanging).status).toBe(200);
      idp.child.kill(signal);
      expect(await idp.exit).toEqual([0, null]);
      expect(await idp.stdout).toBe(`dev-idp ready at ${issuer}\n`);
      expect(await idp.stderr).toBe('');
    },
  );

  // The workspace may have no BFF that logs users in.
  for (const { name, path } of loginClients)
    test(`dev-idp logs a user of ${name} in and out, notifies the client on loopback, and prints nothing`, async () => {
      let notify: ((body: string) => void) | undefined;
      const logoutToken = new Promise<string>((resolve) => (notify = resolve));
      const bff = createServer((request, response) => {
        void text(request).then((body) => {
          notify?.(body);
          response.end();
        });
      }).listen(0, '127.0.0.1');
      await once(bff, 'listening');
      const address = `http://127.0.0.1:${(bff.address() as AddressInfo).port}`;
      const process = run({ PORT: '0', [urlVariable(name)]: `${address}/` });
      const idp = { issuer: await ready(process) } as DevIdp;
      const party = { id: name, secret: `${name}-dev-secret`, redirectUri: `${address}${path}/callback` };
      const browser = createBrowser();
      const request = authorizationRequest(idp, party);
      const login = { authorizationUrl: request.url, username: 'alice', password: 'demo', browser };
      expect((await redeem(idp, party, await loginThroughForm(login), request)).status).toBe(200);
      const endSessionUrl = `${idp.issuer}/session/end?client_id=${name}&post_logout_redirect_uri=${address}/`;
      expect(await logoutThroughForm({ endSessionUrl, browser })).toBe(`${address}/`);
      expect(await logoutToken).toMatch(/^logout_token=ey/);
      bff.close();
      process.child.kill('SIGTERM');
      expect(await process.exit).toEqual([0, null]);
      expect(await process.stdout).toBe(`dev-idp ready at ${idp.issuer}\n`);
      expect(await process.stderr).toBe('');
    });

  test('dev-idp uses the issuer in ISSUER', async () => {
    const idp = run({ PORT: '0', ISSUER: 'http://idp.example:4000' });
    expect(await ready(idp)).toBe('http://idp.example:4000');
  });

  test('dev-idp does not start in production, and prints a one-line message', async () => {
    const idp = run({ NODE_ENV: 'production', PORT: '0' });
    expect(await idp.exit).toEqual([1, null]);
    expect(await idp.stderr).toBe(
      'dev-idp: the development identity provider does not run with NODE_ENV=production\n',
    );
    expect(await idp.stdout).toBe('');
  });

  test('dev-idp exits with 1 when its port is taken, and prints the port and its setting', async () => {
    const other = await startDevIdp();
    const { port } = new URL(other.issuer);
    const idp = run({ PORT: port });
    expect(await idp.exit).toEqual([1, null]);
    expect(await idp.stderr).toBe(`dev-idp: port ${port} is taken; set PORT to another one\n`);
    await other.close();
  });

  test('dev-idp exits with 1 for invalid settings, and lists all of them at once', async () => {
    const addresses = loginClients.map(({ name }, index) => [
      urlVariable(name),
      ['ftp://x', 'http://x/?a'][index % 2] ?? '',
    ]);
    const environment = { PORT: '70000', ISSUER: 'localhost', ...Object.fromEntries(addresses) };
    const idp = run(environment);
    expect(await idp.exit).toEqual([1, null]);
    const message = await idp.stderr;
    for (const name of Object.keys(environment)) expect(message).toContain(name);
    expect(message.trimEnd().split('\n')).toHaveLength(1);
  });
});

test('startDevIdp refuses to run in production', async () => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await expect(startDevIdp()).rejects.toThrow('NODE_ENV=production');
  } finally {
    process.env['NODE_ENV'] = before;
  }
});
