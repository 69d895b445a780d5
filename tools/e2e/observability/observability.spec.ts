import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  bffPlan,
  freeWorld,
  loginToMobileBff,
  loginToWebBff,
  startProcess,
  worldPlans,
  worldPorts,
  type RunningProcess,
} from '@bff/demo-world';
import { freePort, succeeds, until } from '@bff/testbed';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'docker/observability');
const scratch = mkdtempSync(join(tmpdir(), 'observability-'));

jest.setTimeout(90_000);

interface Alert {
  readonly name: string;
  readonly type: 'alerting' | 'recording';
  readonly query: string;
  readonly annotations: { readonly runbook_url: string };
}
interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

const dashboard: Dashboard = JSON.parse(readFileSync(join(folder, 'grafana/dashboards/bff.json'), 'utf8'));
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ title, expr: expr.replaceAll('$service', '.*') })),
);
/** Returns the expression of a rule without its threshold: the result of a quiet rule is empty. */
const subjectOf = ({ query }: Alert): string =>
  (query.split(/ and /, 1)[0] ?? '').replace(/ (?:>|==) [\d.* ]+$/, '');

function promtool(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('Prometheus accepts its configuration and every rule', () => {
  expect(promtool('check', 'config', join(folder, 'prometheus/prometheus.yml'))).toMatchObject({ status: 0 });
  expect(promtool('check', 'rules', join(folder, 'prometheus/alerts.yml'))).toMatchObject({ status: 0 });
});

test('every alert fires and resolves as alerts.test.yml specifies', () => {
  const result = promtool('test', 'rules', join(import.meta.dirname, 'alerts.test.yml'));
  expect(result).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') });
});

describe('next to the three BFFs, after some traffic and a failure', () => {
  const running: RunningProcess[] = [];
  let prometheus: ChildProcess | undefined;
  let origin = '';

  afterAll(async () => {
    prometheus?.kill('SIGKILL');
    await Promise.all(running.map((each) => each.stop()));
    rmSync(scratch, { recursive: true });
  });

  const query = async (expr: string): Promise<readonly object[]> => {
    const answer = await fetch(`${origin}/api/v1/query?${new URLSearchParams({ query: expr })}`);
    const { status, data, error } = (await answer.json()) as {
      status: string;
      data: { result: object[] };
      error?: string;
    };
    expect({ expr, status, error }).toEqual({ expr, status: 'success', error: undefined });
    return data.result;
  };

  /** Waits for data: a rate needs two samples, and a recorded series an evaluation after them. */
  const dataOf = (expr: string, count = 1) =>
    until(async () => {
      const found = await query(expr);
      return found.length >= count && found;
    }).catch((cause: unknown) => {
      throw new Error(`no data: ${expr}`, { cause });
    });

  beforeAll(async () => {
    // Every request must call its upstreams, so that failures of killed services are noticed.
    process.env['CACHE_CONTROL'] = 'no-store';
    const at = worldPorts(await freeWorld());
    const names = ['web-bff', 'mobile-bff', 'partner-bff'] as const;
    for (const plan of [...worldPlans(at), ...names.map((name) => bffPlan(name, at))])
      running.push(startProcess(plan));
    await Promise.all(running.map(({ ready }) => ready));

    const targets = [at.webManagement, at.mobileManagement, at.partnerManagement].map(
      ({ port }) => `127.0.0.1:${port}`,
    );
    const config = readFileSync(join(folder, 'prometheus/prometheus.yml'), 'utf8')
      // The list is on one line, or on one line per target.
      .replace(/targets:\s*\[[^\]]*\]/, `targets: ${JSON.stringify(targets)}`)
      .replaceAll(/_interval: \d+s/g, '_interval: 1s')
      .replace('alerts.yml', join(folder, 'prometheus/alerts.yml'));
    writeFileSync(join(scratch, 'prometheus.yml'), config);
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(scratch, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(scratch, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );

    const traffic = trafficOf({
      web: `http://localhost:${at.web.port}`,
      mobile: `http://localhost:${at.mobile.port}`,
      partner: `http://localhost:${at.partner.port}`,
      issuer: `http://localhost:${at.idp.port}`,
    });
    await traffic.whole();
    for (const name of ['order-service', 'loyalty-service']) {
      const service = running.find((each) => each.name === name);
      if (!service) throw new Error(`no process is named ${name}`);
      service.child.kill('SIGKILL');
      await once(service.child, 'exit');
    }
    for (let i = 0; i < 30; i++) await traffic.lame();
    await until(() => succeeds(query('up')));
  });

  test('Prometheus scrapes all three BFFs', async () => {
    expect(await dataOf('up == 1', 3)).toHaveLength(3);
  });

  test.each(queries)('the dashboard has data for $title: $expr', async ({ expr }) => {
    expect(await dataOf(expr)).not.toHaveLength(0);
  });

  test('every alert has data for its expression, and a section of the runbook', async () => {
    const answer = await fetch(`${origin}/api/v1/rules`);
    const { data } = (await answer.json()) as { data: { groups: readonly { rules: readonly Alert[] }[] } };
    const alerts = data.groups.flatMap(({ rules }) => rules).filter(({ type }) => type === 'alerting');
    expect(alerts.length).toBeGreaterThan(8);
    const runbook = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    const sections = [...runbook.matchAll(/^#+ (\w+)$/gm)].map(([, title]) => title);
    for (const alert of alerts) {
      const { name, annotations } = alert;
      expect(await dataOf(subjectOf(alert))).not.toHaveLength(0);
      expect(annotations.runbook_url).toBe(`docs/operations.md#${name.toLowerCase()}`);
      expect(sections).toContain(name);
    }
  });
});

interface Origins {
  readonly web: string;
  readonly mobile: string;
  readonly partner: string;
  readonly issuer: string;
}

/** Sends requests as the three kinds of clients do. */
function trafficOf({ web, mobile, partner, issuer }: Origins) {
  let browser: Readonly<Record<string, string>> = {};
  let device: Readonly<Record<string, string>> = {};
  let server: Readonly<Record<string, string>> = {};
  const get = async (url: string, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    return answer;
  };
  return {
    async whole() {
      browser = await loginToWebBff({ url: web, username: 'alice' });
      device = await loginToMobileBff({ url: mobile, username: 'bob' });
      const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa('acme-erp:demo-secret')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      server = {
        Authorization: `Bearer ${((await answer.json()) as { access_token: string }).access_token}`,
      };
      await get(`${web}/api/profile`, browser);
      const first = await get(`${mobile}/api/home`, { ...device, 'A-IM': 'json-patch' });
      const known = { 'A-IM': 'json-patch', 'If-None-Match': first.headers.get('etag') ?? '""' };
      await get(`${mobile}/api/home`, { ...device, ...known });
      await get(`${partner}/v2/profile`, server);
    },
    async lame() {
      await Promise.all([
        get(`${web}/api/profile`, browser),
        get(`${web}/api/orders`, browser),
        get(`${mobile}/api/home`, { ...device, 'A-IM': 'json-patch', 'If-None-Match': '"unknown"' }),
        get(`${partner}/v2/profile`, server),
      ]);
    },
  };
}
