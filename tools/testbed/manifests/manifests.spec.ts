import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { apps as listApps, repository as root } from '../src/apps.ts';
import { renderOverlay } from './render-overlay.ts';

const apps = listApps();
const overlays = apps.flatMap((app) => ['dev', 'prod'].map((environment) => ({ app, environment })));
// Each call of an app's code runs in its own process.
jest.setTimeout(60_000);
const scratch = mkdtempSync(join(tmpdir(), 'manifests-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The used part of a manifest. */
type Tree = { readonly [key: string]: Tree } & readonly Tree[] & string;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${stderr}`);
  return stdout;
}

/** Evaluates an expression over the app's settings in its own process, because tools must not import apps. */
function evaluate(app: string, expression: string, env: Readonly<Record<string, string>> = {}) {
  const script = `import { settings, readConfig } from './apps/${app}/src/config.ts'; ${expression}`;
  return JSON.parse(run(process.execPath, ['--input-type=module', '--eval', script], { ...env }));
}
type AppSettings = Readonly<Record<string, { readonly secret: boolean; readonly default: unknown }>>;
const settingsByApp = new Map<string, AppSettings>();
function settingsOf(app: string): AppSettings {
  const entries =
    'Object.values(settings).map((each) => [each.env, { secret: each.secret === true, default: each.default }])';
  const settings =
    settingsByApp.get(app) ?? evaluate(app, `console.log(JSON.stringify(Object.fromEntries(${entries})));`);
  settingsByApp.set(app, settings);
  return settings;
}
/** Returns the errors of the settings and of the tenants file; empty when there are none. */
const errorsOf = (app: string, env: Readonly<Record<string, string>>): string =>
  evaluate(
    app,
    `import { createTenantDirectory } from '@bff/tenancy'; import { readFileSync } from 'node:fs';
     try { createTenantDirectory(JSON.parse(readFileSync(readConfig(process.env).tenantsFile, 'utf8'))); console.log('""'); }
     catch (error) { console.log(JSON.stringify(error.message)); }`,
    env,
  );

/**
 * Returns the peers that a network policy rule allows, as text; unrestricted ones as `anyone` or `any port`.
 */
function openings(rules: Tree | undefined, side: 'from' | 'to'): string[] {
  const named = ({ namespaceSelector, podSelector, ipBlock }: Tree): string[] => {
    if (ipBlock) return [ipBlock['except'] ? 'a range' : String(ipBlock['cidr'])];
    const namespace = namespaceSelector?.['matchLabels']?.['kubernetes.io/metadata.name'] ?? 'anyone';
    const { operator, values } = (podSelector?.['matchExpressions']?.[0] ?? {}) as {
      operator?: string;
      values?: readonly string[];
    };
    return operator === 'In' && values ? values.map((pod) => `${namespace}/${pod}`) : ['anyone'];
  };
  return [...(rules ?? [])]
    .flatMap((rule) => {
      const ports = rule['ports']?.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`) ?? ['any port'];
      return (rule[side]?.flatMap(named) ?? ['anyone']).flatMap((peer) =>
        ports.map((port) => `${peer}:${port}`),
      );
    })
    .sort();
}

describe.each(overlays)('deploy/overlays/$environment of $app', ({ app, environment }) => {
  let manifests: readonly Tree[];
  let settings: AppSettings;
  const all = (kind: string): readonly Tree[] => manifests.filter((each) => each['kind'] === kind);
  const one = (kind: string): Tree => all(kind)[0]!;
  const pod = (): Tree => one('Deployment')['spec']!['template']!;
  const container = (): Tree => pod()['spec']!['containers']![0]!;
  /** Whether internal tokens are signed with a key, whose public half the upstreams fetch. */
  const signsWithKeys = (): boolean =>
    container()['env']!.some(({ name }) => name === 'INTERNAL_JWT_PRIVATE_KEY');
  /** Returns the environment of the container as the cluster would set it, with valid secrets. */
  const environmentOf = (secret: (name: string) => string): Record<string, string> => {
    const maps = container()['envFrom']!.map(({ configMapRef }) =>
      all('ConfigMap').find(({ metadata }) => metadata!['name'] === configMapRef!['name']),
    );
    const own = container()['env']!.map(({ name, value }): [string, string] => [
      String(name),
      value ?? secret(String(name)),
    ]);
    return Object.assign({}, ...maps.map((map) => map!['data']), Object.fromEntries(own));
  };

  beforeAll(() => {
    manifests = renderOverlay(`apps/${app}/deploy/overlays/${environment}`) as Tree[];
    settings = settingsOf(app);
  });

  test('an overlay contains everything that it needs, in its own namespace, so that it can be applied and deleted alone', () => {
    const namespace = environment === 'prod' ? app : `${app}-dev`;
    expect(new Set(manifests.map(({ kind }) => String(kind)))).toEqual(
      new Set([
        'Namespace',
        'ServiceAccount',
        'ConfigMap',
        'Service',
        'Deployment',
        'PodDisruptionBudget',
        'HorizontalPodAutoscaler',
        'NetworkPolicy',
      ]),
    );
    for (const { kind, metadata } of manifests)
      expect({ kind, in: metadata!['namespace'] ?? metadata!['name'] }).toEqual({ kind, in: namespace });
    expect(one('Namespace')['metadata']!['labels']).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    for (const kind of ['Deployment', 'ServiceAccount', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'])
      expect(one(kind)['metadata']!['name']).toBe(app);
  });

  test('the pod of an overlay meets the restricted standard, has no service account token, and has limits and probes on the management port', () => {
    expect(pod()['spec']).toMatchObject({
      serviceAccountName: app,
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        fsGroup: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(one('ServiceAccount')).toMatchObject({ automountServiceAccountToken: false });
    for (const unwanted of ['hostNetwork', 'hostPID', 'hostIPC', 'initContainers', 'ephemeralContainers'])
      expect(pod()['spec']).not.toHaveProperty(unwanted);
    expect(pod()['spec']!['containers']).toHaveLength(1);
    const quantity = expect.stringMatching(/^\d+(m|Mi)?$/);
    const probe = (path: string) => ({
      httpGet: { path, port: 'management' },
      timeoutSeconds: expect.any(Number),
    });
    expect(container()).toMatchObject({
      image: expect.stringMatching(/^[^:]+\/[a-z-]+:(?!latest$)[\w.-]+$/),
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: {
        requests: { cpu: quantity, memory: quantity },
        limits: { cpu: quantity, memory: quantity },
      },
      startupProbe: probe('/livez'),
      livenessProbe: probe('/livez'),
      readinessProbe: probe('/readyz'),
    });
    expect(container()['securityContext']).not.toHaveProperty('privileged');
    expect(container()['securityContext']!['capabilities']).not.toHaveProperty('add');
  });

  test('the pod of an overlay has the public and the management port of the app, and the Service only the public port', () => {
    const { PORT, MANAGEMENT_PORT } = settings;
    expect(container()['ports']).toEqual([
      { name: 'public', containerPort: PORT!.default, protocol: 'TCP' },
      { name: 'management', containerPort: MANAGEMENT_PORT!.default, protocol: 'TCP' },
    ]);
    const targets = all('Service').map(({ metadata, spec }) => [
      metadata!['name'],
      spec!['ports']!.map(({ targetPort }) => targetPort).join(),
    ]);
    expect(Object.fromEntries(targets)).toEqual({
      [app]: 'public',
      ...(signsWithKeys() && { 'published-keys': 'management' }),
    });
  });

  test('A10 the grace period of the pod covers preStop, drain delay and drain grace with a small margin', () => {
    const { DRAIN_DELAY_MS, DRAIN_GRACE_MS } = environmentOf(() => '');
    const preStop = Number(container()['lifecycle']!['preStop']!['sleep']!['seconds']);
    const needed = preStop + (Number(DRAIN_DELAY_MS) + Number(DRAIN_GRACE_MS)) / 1000;
    const grace = Number(pod()['spec']!['terminationGracePeriodSeconds']);
    expect(grace - needed).toBeGreaterThanOrEqual(3);
    expect(grace - needed).toBeLessThanOrEqual(10);
  });

  test('an overlay leaves replicas to the autoscaler, allows nodes to drain, and spreads pods over zones and nodes', () => {
    expect(one('Deployment')['spec']).not.toHaveProperty('replicas');
    const { scaleTargetRef, minReplicas, maxReplicas, behavior } = one('HorizontalPodAutoscaler')['spec']!;
    expect(scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: app });
    expect(Number(minReplicas)).toBeGreaterThanOrEqual(environment === 'prod' ? 2 : 1);
    expect(Number(maxReplicas)).toBeGreaterThan(Number(minReplicas));
    expect(behavior).toMatchObject({ scaleUp: expect.anything(), scaleDown: expect.anything() });
    expect(one('PodDisruptionBudget')['spec']).toMatchObject({
      maxUnavailable: 1,
      selector: one('Deployment')['spec']!['selector'],
    });
    const spread = pod()['spec']!['topologySpreadConstraints']!.map(({ topologyKey }) => topologyKey);
    expect(spread).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
  });

  test('the network policies of an overlay allow only callers, upstreams, Redis, DNS and the identity provider', () => {
    const policies = all('NetworkPolicy').map(({ spec }) => spec!);
    for (const { podSelector } of policies)
      expect(pod()['metadata']!['labels']).toMatchObject(podSelector!['matchLabels']!);
    expect(new Set(policies.flatMap(({ policyTypes }) => [...policyTypes!]))).toEqual(
      new Set(['Ingress', 'Egress']),
    );

    const env = environmentOf(() => '');
    const upstreams = Object.keys(settings)
      .filter((name) => name.endsWith('_SERVICE_URL'))
      .map((name) => {
        const { hostname, port } = new URL(env[name]!);
        const [service, namespace] = hostname.split('.');
        return `${namespace}/${service}:${port}/TCP`;
      });
    const provider = new URL(env['ISSUER']!);
    const egress = policies.flatMap(({ egress }) => openings(egress, 'to')).sort();
    const addresses = egress.filter((each) => /^[\d.]+\/32:443\/TCP$/.test(each));
    expect({ provider: provider.protocol, addresses }).toEqual({
      provider: 'https:',
      addresses: [expect.any(String)],
    });
    expect(egress).toEqual(
      [
        ...upstreams,
        ...addresses,
        'redis/redis:6379/TCP',
        'kube-system/kube-dns:53/TCP',
        'kube-system/kube-dns:53/UDP',
      ].sort(),
    );

    // Services that verify our tokens fetch the key set; with a shared secret there is none.
    const readers = signsWithKeys() ? upstreams.map((each) => each.replace(/:.*/, ':management/TCP')) : [];
    const ingress = policies.flatMap(({ ingress }) => openings(ingress, 'from')).sort();
    expect(ingress).toEqual(
      ['ingress-nginx/ingress-nginx:public/TCP', 'monitoring/prometheus:management/TCP', ...readers].sort(),
    );
  });

  test('an overlay sets only variables that are settings of the app, and secrets only as references', () => {
    expect(all('Secret')).toEqual([]);
    for (const { name, value, valueFrom } of container()['env']!) {
      expect(Object.keys(settings)).toContain(name);
      const reference = { secretKeyRef: expect.objectContaining({ name: 'bff-secrets', key: name }) };
      expect({ name, valueFrom }).toEqual({
        name,
        valueFrom: settings[name!]!.secret ? reference : undefined,
      });
      expect(typeof value).toBe(settings[name!]!.secret ? 'undefined' : 'string');
    }
    const plain = all('ConfigMap').filter(({ metadata }) =>
      String(metadata!['name']).startsWith(`${app}-settings-`),
    );
    expect(plain).toHaveLength(1);
    for (const name of Object.keys(plain[0]!['data']!))
      expect({ name, secret: settings[name]?.secret }).toEqual({ name, secret: false });
  });

  test('F82 an overlay passes every secret that the app reads, except those of the unused way of signing internal tokens', () => {
    const referenced = container()['env']!.flatMap(
      ({ valueFrom }) => valueFrom?.['secretKeyRef']?.['key'] ?? [],
    );
    const otherWay = signsWithKeys()
      ? ['INTERNAL_JWT_SECRET']
      : ['INTERNAL_JWT_PRIVATE_KEY', 'INTERNAL_JWT_OTHER_KEY'];
    const secrets = Object.keys(settings).filter((name) => settings[name]!.secret);
    expect(secrets.filter((name) => !referenced.includes(name) && !otherWay.includes(name))).toEqual([]);
  });

  test('F88 an overlay has no setting in both settings.env and env, because env would silently take precedence', () => {
    const names = container()['env']!.map(({ name }) => String(name));
    const files = [
      `apps/${app}/deploy/base/settings.env`,
      `apps/${app}/deploy/overlays/${environment}/settings.env`,
    ];
    const set = files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^(\w+)=/gm)].map(([, name]) => name),
    );
    expect(set.length).toBeGreaterThan(3);
    expect(set.filter((name) => names.includes(String(name)))).toEqual([]);
  });

  test('F87 an overlay states the protocol of every port of a service, a policy and a container, as the cluster would store it', () => {
    const withoutProtocol = (tree: unknown): unknown[] => {
      if (typeof tree !== 'object' || tree === null) return [];
      const { containerPort, port, protocol } = tree as Tree;
      const isPort = containerPort !== undefined || (port !== undefined && !('path' in tree));
      return [
        ...(isPort && protocol === undefined ? [tree] : []),
        ...Object.values(tree).flatMap(withoutProtocol),
      ];
    };
    expect(manifests.flatMap(withoutProtocol)).toEqual([]);
  });

  test('F89 the progress deadline of an overlay allows a roll-out of all replicas at 15 s per pod', () => {
    const { strategy, progressDeadlineSeconds } = one('Deployment')['spec']!;
    const replicas = Number(one('HorizontalPodAutoscaler')['spec']!['maxReplicas']);
    const surge = String(strategy!['rollingUpdate']!['maxSurge']);
    const atOnce = surge.endsWith('%') ? Math.ceil((replicas * parseInt(surge)) / 100) : Number(surge);
    const seconds = Math.ceil(replicas / atOnce) * 15;
    expect({ seconds, inTime: seconds < Number(progressDeadlineSeconds) }).toEqual({ seconds, inTime: true });
  });

  test('the app accepts the configuration of an overlay in production, including tenants and clients', () => {
    let env: Record<string, string> = environmentOf(secretOf);
    for (const { name: volume, mountPath, subPath } of container()['volumeMounts']!) {
      // A file mounted by subPath is never updated, so that tenants could not be reloaded.
      expect(subPath).toBeUndefined();
      const { configMap } = pod()['spec']!['volumes']!.find(({ name }) => name === volume)!;
      const { data } = all('ConfigMap').find(({ metadata }) => metadata!['name'] === configMap!['name'])!;
      const folder = join(scratch, app, environment, String(volume));
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(data!)) writeFileSync(join(folder, name), text);
      env = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, value.replace(String(mountPath), folder)]),
      );
    }
    expect(errorsOf(app, { NODE_ENV: 'production', ...env })).toBe('');
  });
});

describe.each(overlays)('components/tracing on overlays/$environment of $app', ({ app, environment }) => {
  test('the component tracing adds the address of a collector and access to the collector, and changes nothing else', () => {
    const overlay = `apps/${app}/deploy/overlays/${environment}`;
    const plain = renderOverlay(overlay) as Tree[];
    const traced = renderOverlay(overlay, 'tracing') as Tree[];
    const variables = (manifests: readonly Tree[]) =>
      manifests.find(({ kind }) => kind === 'Deployment')!['spec']!['template']!['spec']!['containers']![0]![
        'env'
      ]!;

    const before = variables(plain).length;
    const [address, share, ...others] = variables(traced).slice(before);
    expect([address?.['name'], share?.['name'], others]).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_TRACES_SAMPLER_ARG',
      [],
    ]);
    for (const name of [address!['name']!, share!['name']!])
      expect({ name, secret: settingsOf(app)[name]?.secret }).toEqual({ name, secret: false });

    const isTracing = ({ kind, metadata }: Tree): boolean =>
      kind === 'NetworkPolicy' && metadata!['name'] === 'tracing';
    const { metadata, spec } = traced.find(isTracing)!;
    expect(metadata!['namespace']).toBe(environment === 'prod' ? app : `${app}-dev`);
    const { hostname, port } = new URL(address!['value']!);
    const [service, namespace] = hostname.split('.');
    expect(openings(spec!['egress'], 'to')).toEqual([`${namespace}/${service}:${port}/TCP`]);
    expect(spec).not.toHaveProperty('ingress');

    (variables(traced) as unknown as unknown[]).splice(before);
    expect(traced.filter((each) => !isTracing(each))).toEqual(plain);
  });
});

describe.each(overlays)('components on overlays/$environment of $app', ({ app, environment }) => {
  const overlay = `apps/${app}/deploy/overlays/${environment}`;
  const podOf = (manifests: readonly Tree[]): Tree =>
    manifests.find(({ kind }) => kind === 'Deployment')!['spec']!['template']!['spec']!;

  test('F80 F81 the component certificates adds the files of a secret, readable only by the group of the pod, and nothing else', () => {
    const [plain, mounted] = [renderOverlay(overlay), renderOverlay(overlay, 'certificates')] as [
      Tree[],
      Tree[],
    ];
    const { volumes, containers, securityContext } = podOf(mounted);
    const { secret } = volumes!.find(({ name }) => name === 'certificates')!;
    expect({ secret, fsGroup: securityContext!['fsGroup'] }).toEqual({
      secret: { secretName: 'bff-certificates', defaultMode: 0o440 },
      fsGroup: 65532,
    });
    const isOurs = ({ name }: Tree): boolean => name === 'certificates';
    expect(containers![0]!['volumeMounts']!.find(isOurs)).toEqual({
      name: 'certificates',
      mountPath: '/etc/bff/certificates',
      readOnly: true,
    });
    (volumes as unknown as unknown[]).splice(volumes!.findIndex(isOurs), 1);
    const mounts = containers![0]!['volumeMounts']!;
    (mounts as unknown as unknown[]).splice(mounts.findIndex(isOurs), 1);
    expect(mounted).toEqual(plain);
  });

  test.each([
    ['redis-sentinel', ['redis/redis:26379/TCP']],
    ['node-local-dns', ['169.254.20.10/32:53/TCP', '169.254.20.10/32:53/UDP']],
  ])('F88 the component %s opens %j and changes nothing else', (name, expected) => {
    const isNew = ({ kind, metadata }: Tree): boolean =>
      kind === 'NetworkPolicy' && metadata!['name'] === name;
    const manifests = renderOverlay(overlay, name) as Tree[];
    const { spec } = manifests.find(isNew)!;
    expect(openings(spec!['egress'], 'to')).toEqual(expected);
    expect(spec!['policyTypes']).toEqual(['Egress']);
    expect(manifests.filter((each) => !isNew(each))).toEqual(renderOverlay(overlay));
  });
});

function secretOf(name: string): string {
  const pem = (): string =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
  if (name === 'REDIS_URL') return 'redis://:password@redis.redis.svc:6379';
  // A setting of a group that must be set completely or not at all.
  if (name === 'SIGNALS_AUTHORIZATION') return '';
  return /_KEY$/.test(name) && name.startsWith('INTERNAL_') ? pem() : randomBytes(32).toString('base64url');
}

describe('the Docker files', () => {
  const compose: Tree = parse(readFileSync(join(root, 'docker/compose.yaml'), 'utf8'), { merge: true });
  const services = compose['services']!;

  test.each(apps)('compose.yaml starts %s with known and valid settings', (app) => {
    const { environment, volumes } = services[app]!;
    const known = [...Object.keys(settingsOf(app)), 'NODE_ENV'];
    expect(Object.keys(environment!).filter((name) => !known.includes(name))).toEqual([]);
    let env: Record<string, string> = { ...(environment as object) };
    for (const volume of volumes!) {
      const [source = '', target = ''] = volume.split(':');
      const found = resolve(root, 'docker', source);
      expect({ found, there: existsSync(found) }).toEqual({ found, there: true });
      env = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, value.replace(target, found)]),
      );
    }
    expect(errorsOf(app, env)).toBe('');
  });

  test('each service in compose.yaml waits until its dependencies are healthy, and publishes ports only on 127.0.0.1', () => {
    for (const [name, service] of Object.entries(services)) {
      expect({ name, checked: apps.includes(name) || service['healthcheck'] !== undefined }).toEqual({
        name,
        checked: true,
      });
      for (const port of service['ports'] ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const [other, { condition }] of Object.entries(service['depends_on'] ?? {}))
        expect({ name, condition, known: other in services }).toEqual({
          name,
          condition: 'service_healthy',
          known: true,
        });
    }
  });

  test.each(apps)(
    'the image of %s exposes the ports of its settings, uses no shell form and does not run as root',
    (app) => {
      const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8');
      const { PORT, MANAGEMENT_PORT } = settingsOf(app);
      const [port, management] = [PORT!.default, MANAGEMENT_PORT!.default];
      expect(dockerfile).toContain(
        `FROM bff AS ${app}\nENV PORT=${port} MANAGEMENT_PORT=${management}\nEXPOSE ${port} ${management}\n`,
      );
      const commands = [...dockerfile.matchAll(/^ *(?:ENTRYPOINT|CMD) (.*)$/gm)].map(([, form]) => form);
      expect(commands.length).toBeGreaterThan(1);
      for (const form of commands) expect(JSON.parse(form!)[0]).toMatch(/^\/usr\/local\/bin\/node$|\.mjs$/);
      expect(dockerfile.match(/^USER .*$/gm)).toEqual(['USER 65532:65532']);
    },
  );
});
