import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connectInMemory } from '@bff/service-kit';
import type { buildConnector } from 'undici';
import type { AnyOperation } from '../pipeline/operation.ts';
import { servicesOf, type ServiceRegistry } from '../service/registry.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { sampleOf } from './sample-of.ts';

/**
 * All services of a registry, in memory and without a network port. Each operation answers with a sample of
 * its response schema.
 */
export interface FakeUpstreams {
  /** The base URL of each service. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly connect: buildConnector.connector;
  /** `Cache-Control` of all further answers. */
  cacheControl: string;
  /** Changes one value of each answer; the next call of `change` changes it back. */
  change(): void;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly bodies: readonly [string | undefined, string | undefined];
}

/**
 * Creates fakes of all services.
 * @example const fakes = createFakeUpstreams(services); createUpstreamClients(services, { ...fakes, metrics, log })
 */
export function createFakeUpstreams(services: ServiceRegistry): FakeUpstreams {
  const routes = new Map<string, Route[]>();
  const addresses: Record<string, string> = {};
  for (const { name, operations } of servicesOf(services)) {
    const host = `${name}.invalid`;
    addresses[name] = `http://${host}`;
    routes.set(host, Object.values(operations).map(routeOf));
  }
  let version = 0;
  const fakes = {
    addresses,
    connect: ((_options, done) => {
      const socket = connectInMemory(server);
      setImmediate(done, null, socket);
    }) as buildConnector.connector,
    cacheControl: 'no-store',
    change: () => void (version = 1 - version),
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { headers, method, url = '' } = request;
    const [path = ''] = url.split('?');
    const route = routes
      .get(headers.host ?? '')
      ?.find((each) => each.method === method && each.pattern.test(path));
    request.resume();
    const body = route?.bodies[version];
    if (!route) response.writeHead(404).end();
    else if (body === undefined) response.writeHead(204).end();
    else
      response
        .writeHead(200, {
          'Content-Type': 'application/json',
          'Cache-Control': fakes.cacheControl,
          ETag: `"${version}"`,
        })
        .end(body);
  });
  return fakes;
}

function routeOf({ method, path, response }: AnyOperation): Route {
  const literal = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  const pattern = new RegExp(
    `^${path
      .split(/\{\w+\}/)
      .map(literal)
      .join('[^/]+')}$`,
  );
  if (!response) return { method, pattern, bodies: [undefined, undefined] };
  const isValid = (value: unknown): boolean => response.safeParse(value).success;
  const least = sampleOf(jsonSchemaOf(response));
  const sample = [grown(least), least].find(isValid) ?? least;
  const other = changed(sample, isValid) ?? sample;
  return { method, pattern, bodies: [JSON.stringify(sample), JSON.stringify(other)] };
}

/** Number of items in each list: an answer with one item is too small to be compressed or sent as a patch. */
const items = 10;

function grown(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length === 1 ? Array.from({ length: items }, () => grown(value[0])) : value.map(grown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, grown(member)]));
}

/** Returns the value with one leaf changed and still valid, or undefined where no leaf can change. */
function changed(value: unknown, isValid: (value: unknown) => boolean): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const withMember = (other: unknown): unknown =>
        Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
      const other = changed(member, (each) => isValid(withMember(each)));
      if (other !== undefined) return withMember(other);
    }
    return undefined;
  }
  const other =
    typeof value === 'string'
      ? `${value}x`
      : typeof value === 'number'
        ? value + 1
        : typeof value === 'boolean'
          ? !value
          : undefined;
  return other !== undefined && isValid(other) ? other : undefined;
}
