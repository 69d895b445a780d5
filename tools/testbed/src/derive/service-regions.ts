import { portsOf } from './app-ports.ts';
import { DeriveError } from './derive-error.ts';
import type { Facts, ServiceFacts } from './facts.ts';
import { markdownTable } from './markdown-table.ts';
import type { Region } from './region.ts';

/** Returns the name of the setting with the address of a service: `FLIGHT_STATUS_SERVICE_URL`. */
const addressVariable = (name: string): string => `${name.replaceAll('-', '_').toUpperCase()}_SERVICE_URL`;

/** Returns the port of a service in development. */
export function portOf({ name, address }: ServiceFacts): number {
  const url = URL.parse(address);
  if (!url) throw new DeriveError(`service "${name}": its address "${address}" is not a URL`);
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/**
 * Checks the ports.
 * @throws {DeriveError} when there is no service, or a service has the development port of another service or
 * of an app
 */
export function checkPorts({ services, apps }: Facts): void {
  if (services.length === 0)
    throw new DeriveError('libs/services/src/index.ts: no service is registered; add the line of one');
  const taken = new Map<number, string>();
  for (const app of apps)
    for (const port of Object.values(portsOf(app))) taken.set(port, `app "${app.name}"`);
  for (const service of services) {
    const port = portOf(service);
    const other = taken.get(port);
    if (other !== undefined)
      throw new DeriveError(
        `${other} and service "${service.name}" have the same development port ${port}; change an address`,
      );
    taken.set(port, `service "${service.name}"`);
  }
}

/** Returns ports in ascending order with consecutive ones joined: `8080-8083`. */
function portRanges(ports: readonly number[]): readonly string[] {
  const ranges: [first: number, last: number][] = [];
  for (const port of ports.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last?.[1] === port - 1) last[1] = port;
    else ranges.push([port, port]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`));
}

/** Returns the regions derived from the registry of services. */
export async function serviceRegions(facts: Facts): Promise<readonly Region[]> {
  checkPorts(facts);
  const { services, apps } = facts;
  const ports = services.map(portOf);
  const compose = 'docker/compose.yaml';
  const region = (file: string, lines: readonly string[], name = 'services'): Region => ({
    file,
    name,
    lines,
  });
  const operations = services.flatMap((service) =>
    service.operations.map((operation) => ({ service: service.name, operation })),
  );
  const breakers = operations.map(({ service, operation: { name, budgetMs, breaker } }) => [
    `\`${service}.${name}\``,
    ...[budgetMs, breaker.consecutiveFailures, breaker.openMs, breaker.maxOpenMs].map(String),
  ]);
  const requests = operations.map(({ service, operation: { name, method, path } }) =>
    [service, name, `${method} ${path}`].map((text) => `\`${text}\``),
  );
  return [
    region(
      compose,
      services.map((each) => `${addressVariable(each.name)}: http://demo-services:${portOf(each)}`),
    ),
    region(
      compose,
      portRanges(ports).map((range) => `- 127.0.0.1:${range}:${range}`),
      'service ports',
    ),
    region(compose, healthCheck(ports), 'service health check'),
    region('docker/Dockerfile', [`EXPOSE ${ports.toSorted((one, other) => one - other).join(' ')}`]),
    region(
      'docker/kubernetes/components/signing-keys/network-policy.yaml',
      services.map(({ name }) => `- ${name}-service`),
    ),
    ...apps.flatMap(({ name }) => [
      region(`apps/${name}/deploy/base/settings.env`, services.map(clusterAddress)),
      region(`apps/${name}/deploy/base/network-policy-upstreams.yaml`, services.flatMap(egressRule)),
    ]),
    region(
      'docs/resilience.md',
      await markdownTable(['operation', 'budget', 'failures to open', 'wait', 'longest wait'], breakers),
    ),
    region('libs/services/README.md', await markdownTable(['service', 'operation', 'request'], requests)),
  ];
}

/**
 * Returns a check that succeeds when every service answers. Its script has no template literal, because
 * compose would interpret `${`.
 */
const healthCheck = (ports: readonly number[]): readonly string[] => [
  'test:',
  '  - CMD',
  '  - /usr/local/bin/node',
  '  - --eval',
  `  - 'Promise.all([${ports.join(', ')}].map((port) => fetch("http://127.0.0.1:" + port + "/__calls"))).then((all) => process.exit(all.every(({ ok }) => ok) ? 0 : 1), () => process.exit(1))'`,
];

/** Returns the line of a setting with the address of a service in the cluster. */
function clusterAddress(service: ServiceFacts): string {
  const { protocol, pathname } = new URL(service.address);
  const path = pathname === '/' ? '' : pathname;
  return `${addressVariable(service.name)}=${protocol}//${service.name}-service.services.svc:${portOf(service)}${path}`;
}

/**
 * Returns a rule that allows the pods of an app to call one service. Does not use `matchLabels`, to which
 * kustomize would add the labels of the app.
 */
const egressRule = (service: ServiceFacts): readonly string[] => [
  '- to:',
  '    - namespaceSelector:',
  '        matchLabels:',
  '          kubernetes.io/metadata.name: services',
  '      podSelector:',
  '        matchExpressions:',
  '          - key: app.kubernetes.io/name',
  '            operator: In',
  `            values: [${service.name}-service]`,
  '  ports:',
  `    - port: ${portOf(service)}`,
  '      protocol: TCP',
];
