import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  freePort,
  selfSignedCertificate,
  startRedis,
  type TestCertificate,
  type TestRedis,
} from '@bff/testbed';

const folder = mkdtempSync(join(tmpdir(), 'sessions-command-'));
const run = promisify(execFile);
let redis: TestRedis;
let redisUrl: string;
let authority: TestCertificate;
beforeAll(async () => {
  authority = selfSignedCertificate(folder, 'redis', 'IP:127.0.0.1');
  const { certFile, keyFile } = authority;
  const port = await freePort();
  redis = await startRedis(
    '--tls-port',
    String(port),
    '--tls-cert-file',
    certFile,
    '--tls-key-file',
    keyFile,
    '--tls-ca-cert-file',
    certFile,
    '--tls-auth-clients',
    'no',
  );
  redisUrl = `rediss://127.0.0.1:${port}`;
});
afterAll(async () => {
  await redis.close();
  rmSync(folder, { recursive: true });
});

test('F81 the sessions command reaches a Redis of a private authority with the settings of the app', async () => {
  const options = {
    name: 'web-bff',
    redisUrl,
    redisTimeoutMs: 500,
    redisCaFile: authority.certFile,
    issuer: 'https://login.example',
    sessions: { kind: 'session', idleMs: 1_000, absoluteMs: 1_000 },
  };
  // A child process, because the command reads the arguments of its process.
  const program = `import { sessionCommands } from '@bff/auth-delegation';
process.exitCode = await sessionCommands(() => (${JSON.stringify(options)}))['--count-sessions']();`;
  const asked = ['--count-sessions', '--everybody', '--by', 'op@example', '--why', 'test'];
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program, '--', ...asked], {
    cwd: import.meta.dirname,
  });
  expect(stdout).toContain('{"count":0}');
});
