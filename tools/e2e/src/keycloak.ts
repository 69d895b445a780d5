import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { NotInstalled } from '@bff/testbed';
import { createAdmin } from './keycloak/provider/admin.ts';
import { checks } from './keycloak/checks/checks.ts';
import { ensureKeycloak, keycloakVersion } from './keycloak/provider/distribution.ts';
import { endingsOfOneUser, endingsOfTheRealm } from './keycloak/endings/endings.ts';
import type { CheckContext } from './keycloak/checks/looks.ts';
import { measureEnding, type Measured } from './keycloak/endings/measure.ts';
import { createRealm } from './keycloak/provider/realm.ts';
import { checksTable, endingsTable, wrongEndings, type CheckResult } from './keycloak/endings/report.ts';
import { startKeycloak, type KeycloakServer } from './keycloak/provider/server.ts';
import { errorsIn, findTraces } from './keycloak/traces.ts';
import { prepareWorld } from './keycloak/world.ts';

/**
 * `npm run keycloak [-- WORD]`: tests the BFFs against a real Keycloak, whose realm is created by the recipe
 * of docs/identity-providers.md, and prints the tables of docs/keycloak.md. With a word, runs only the checks
 * whose name contains it; with `endings`, only the table of endings. Exit code 1 when a check fails; 0 with
 * one line where Keycloak cannot run.
 */
const intervalMs = 6_000;
const watchMs = intervalMs + 3_000;
const cookieKey = randomBytes(32);
const logFile = resolve(import.meta.dirname, '../../../dist/logs/keycloak.log');
const [only] = process.argv.slice(2);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function measureAll({ realm, world }: CheckContext, label: string): Promise<readonly Measured[]> {
  const options = { realm, world, watchMs };
  const measured = await Promise.all(
    endingsOfOneUser.map((ending, index) =>
      measureEnding(ending, { ...options, username: `${label}-${index}` }),
    ),
  );
  for (const [index, ending] of endingsOfTheRealm.entries()) {
    measured.push(await measureEnding(ending, { ...options, username: `${label}-realm-${index}` }));
    await ending.undo?.(realm);
  }
  return measured;
}

/** Measures with the back-channel logout enabled, then disabled. */
async function measureBoth(
  context: CheckContext,
): Promise<readonly [readonly Measured[], readonly Measured[]]> {
  const { realm, world } = context;
  const urls = {
    'web-bff': `${world.web}/auth/backchannel-logout`,
    'mobile-bff': `${world.mobile}/oauth/backchannel-logout`,
  };
  const set = async (isOn: boolean): Promise<void> => {
    for (const [client, url] of Object.entries(urls))
      await realm.changeClientAttributes(client, { 'backchannel.logout.url': isOn ? url : '' });
  };
  const on = await measureAll(context, 'on');
  await set(false);
  const off = await measureAll(context, 'off');
  await set(true);
  return [on, off];
}

async function runChecks(context: CheckContext): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks.filter((each) => only === undefined || each.name.includes(only))) {
    const result = await run(context).then(
      (found) => ({ name, found, failed: false }),
      (error: Error) => ({ name, found: error.message, failed: true }),
    );
    say(`${result.failed ? 'FAILED' : 'ok    '}  ${name}: ${result.found}`);
    results.push(result);
  }
  return results;
}

async function run(home: string): Promise<boolean> {
  const begun = performance.now();
  const world = await prepareWorld();
  let keycloak: KeycloakServer | undefined;
  try {
    keycloak = await startKeycloak(home);
    const { url } = keycloak;
    const realm = await createRealm({
      admin: createAdmin(keycloak),
      keycloakUrl: url,
      ...{ name: 'bff', web: world.web, mobile: world.mobile, agents: world.agents },
    });
    await world.start({
      all: {
        ISSUER: realm.issuer,
        SUBJECT_CLAIM: 'preferred_username',
        ROLE_MAP: 'user=user,admin=admin,partner=partner',
        REVALIDATION_SECONDS: String(intervalMs / 1000),
        COOKIE_KEYS: cookieKey.toString('hex'),
      },
      secrets: {
        'web-bff': await realm.secretOf('web-bff'),
        'mobile-bff': await realm.secretOf('mobile-bff'),
      },
    });
    const context = { realm, world, keycloak, intervalMs };

    const [on, off] = only === undefined || only === 'endings' ? await measureBoth(context) : [[], []];
    const results = await runChecks(context);
    const traces = findTraces(world, realm, [cookieKey]);
    const wrong = [...wrongEndings(on), ...wrongEndings(off)];
    const date = new Date().toISOString().slice(0, 10);
    say(`\n${endingsTable(on, off)}\n${checksTable(results)}`);
    say(`Keycloak ${keycloakVersion}, ${date}, REVALIDATION_SECONDS=${intervalMs / 1000}`);
    say(
      `store and logs: ${traces.entries} entries, ${traces.lines} lines; tokens of the provider ${traces.tokens}, ` +
        `sealed ones that our keys open ${traces.opened}; ${traces.waiting} successors that only their clients open`,
    );
    mkdirSync(dirname(logFile), { recursive: true });
    writeFileSync(logFile, world.log.join('\n'));
    for (const [line, count] of errorsIn(world.log)) say(`logged as an error ${count} times: ${line}`);
    for (const each of wrong) say(`NOT AS EXPECTED  ${each}`);
    say(`took ${Math.round((performance.now() - begun) / 1000)} s`);
    return (
      wrong.length === 0 && results.every(({ failed }) => !failed) && traces.tokens + traces.opened === 0
    );
  } finally {
    await world.stop();
    await keycloak?.close();
  }
}

try {
  const home = ensureKeycloak();
  process.exitCode = (await run(home)) ? 0 : 1;
} catch (error) {
  // A proof that did not run must not pass in CI.
  if (!(error instanceof NotInstalled) || process.env['CI']) throw error;
  say(`keycloak: skipped. ${error.message}`);
}
