import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, javaCommand, onPath, spawnCommand, succeeds, until } from '@bff/testbed';

/** A real Keycloak in development mode, with a database that survives a restart. */
export interface KeycloakServer {
  readonly url: string;
  /** Name and password of the administrator. */
  readonly admin: { readonly username: string; readonly password: string };
  /** Sends SIGKILL; resolves when the process has exited. */
  kill(): Promise<void>;
  /** Starts Keycloak again with the same port and database; resolves when it serves. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const startMs = 240_000;

/**
 * Writes a `java` command for the script `kc.sh`. Its process exits when the script is killed, although the
 * script cannot forward SIGKILL.
 */
function writeJavaCommand(folder: string): string {
  const file = join(folder, 'java');
  const tether = process.platform === 'linux' && onPath('setpriv') ? 'setpriv --pdeathsig KILL ' : '';
  writeFileSync(file, `#!/bin/sh\nexec ${tether}"${javaCommand()}" "$@"\n`, { mode: 0o755 });
  return file;
}

/** Starts Keycloak. @param home folder of the distribution */
export async function startKeycloak(home: string): Promise<KeycloakServer> {
  const [port = 0, managementPort = 0] = await freePorts(2);
  const data = mkdtempSync(join(tmpdir(), 'keycloak-'));
  const url = `http://localhost:${port}`;
  const admin = { username: 'admin', password: 'admin' };
  const env = {
    ...process.env,
    KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
    KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    KC_DB: 'dev-file',
    // WRITE_DELAY=0, because by default H2 writes a commit up to a second later, so that a user created just
    // before `kill` would be lost.
    KC_DB_URL: `jdbc:h2:file:${join(data, 'keycloak')};NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0`,
    KC_LOG_LEVEL: 'warn',
    JAVA: writeJavaCommand(data),
    // Uses only the C1 compiler, which halves the start-up time; Keycloak's speed is not measured.
    JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
  };
  let child: ChildProcess | undefined;

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async function start(): Promise<void> {
    const args = ['start-dev', `--http-port=${port}`, `--http-management-port=${managementPort}`];
    const lines: string[] = [];
    const started = spawnCommand(join(home, 'bin/kc.sh'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => void lines.push(text));
    await until(
      () => {
        if (started.exitCode !== null) throw new Error(`Keycloak exited:\n${lines.join('').slice(-2_000)}`);
        return succeeds(answers(`${url}/realms/master`));
      },
      { everyMs: 250, withinMs: startMs },
    );
  }

  await start();
  return {
    url,
    admin,
    kill,
    start,
    async close() {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  const { ok } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!ok) throw new Error('not yet');
}
