import { product } from '../../product.ts';
import type { MeasuredCase } from './measured-case.ts';

/** Cases that are measured alternately, so that a slow minute of the machine affects all of them. */
export interface CaseGroup {
  readonly name: string;
  readonly meaning: string;
  readonly cases: readonly MeasuredCase[];
}

const browser = 'gzip, deflate, br, zstd';
/** `Cache-Control` with a lifetime that exceeds a run, so that every answer stays fresh. */
const cacheControl = 'private, max-age=3600';
const warm = { upstream: { cacheControl }, users: 200 };
const { composed, page, lost } = product;

/** Groups of cases. `npm run bench -- --short` measures only the first one. */
export const caseGroups: readonly CaseGroup[] = [
  {
    name: 'peers',
    meaning: `a screen of ${composed.sources.length} calls to services, none of them cached, another user each time`,
    cases: [
      { name: 'node-http', server: 'node-http' },
      { name: 'fastify-bare', server: 'fastify-bare' },
      { name: 'fastify-usual', server: 'fastify-usual' },
      { name: 'express-axios', server: 'express-axios' },
      { name: 'express-usual', server: 'express-usual' },
      { name: 'apollo', server: 'apollo' },
      { name: 'web-bff', server: 'web-bff' },
    ],
  },
  {
    name: 'warm',
    meaning: 'cacheable answers of the services, all of them already in the cache',
    cases: [
      { name: 'express-static', server: 'express-static', users: 200 },
      { name: 'warm', server: 'web-bff', ...warm },
      { name: '304', server: 'web-bff', ...warm, conditional: 'unchanged', status: 304 },
    ],
  },
  {
    name: 'forms',
    meaning: 'the uncached screen in each form that clients request, and while a service fails',
    cases: [
      { name: 'cold', server: 'web-bff' },
      { name: 'fields=', server: 'web-bff', path: `${composed.path}?fields=${composed.fields}` },
      { name: 'gzip', server: 'web-bff', headers: { 'Accept-Encoding': 'gzip' } },
      { name: 'br', server: 'web-bff', headers: { 'Accept-Encoding': 'br' } },
      { name: 'browser', server: 'web-bff', headers: { 'Accept-Encoding': browser } },
      { name: 'browser, fastify-usual', server: 'fastify-usual', headers: { 'Accept-Encoding': browser } },
      { name: 'degraded', server: 'web-bff', upstream: { fail: lost.path } },
    ],
  },
  {
    name: 'sync',
    meaning: `the ${composed.name} for a device that already has it: the complete view, and a patch of one member`,
    cases: [
      { name: 'mobile 200', server: 'mobile-bff' },
      {
        name: 'mobile 226',
        server: 'mobile-bff',
        headers: { 'A-IM': 'json-patch' },
        conditional: 'changed',
        status: 226,
      },
    ],
  },
  {
    name: 'agents',
    meaning: 'the same screens for a browser and for an agent, which calls a tool of agent-bff',
    cases: [
      { name: composed.name, server: 'web-bff' },
      { name: `${composed.name}, agent`, server: 'agent-bff', tool: composed.tool },
      { name: page.name, server: 'web-bff', path: page.path },
      { name: `${page.name}, agent`, server: 'agent-bff', tool: page.tool },
    ],
  },
  {
    name: 'sizes',
    meaning: 'answers of about 1 KB, 10 KB, 100 KB and 1 MB, uncoded',
    cases: (
      [
        ['1 KB', 2, 1, 1],
        ['10 KB', 5, 22, 1],
        ['100 KB', 5, 235, 1 / 2],
        ['1 MB', 5, 2_350, 1 / 5],
      ] as const
    ).flatMap(([size, listItems, itemParts, share]) =>
      (['node-http', 'fastify-usual', 'web-bff'] as const).map((server) => ({
        name: `${size}, ${server}`,
        server,
        upstream: { listItems, itemParts },
        share,
      })),
    ),
  },
  {
    name: 'sources',
    meaning: 'a screen of 1, 2, 5, 10 and 20 sources, composed of the same libs',
    cases: [1, 2, 5, 10, 20].map((count) => ({
      name: `${count} sources`,
      server: 'sources' as const,
      path: `/api/${count}`,
    })),
  },
  {
    name: 'state',
    meaning:
      'the screen of 5 sources with sessions in memory, and with sessions in Redis; each request reads one',
    cases: [
      { name: 'memory', server: 'state', path: '/api/5', env: { REDIS_URL: '' } },
      { name: 'Redis', server: 'state', path: '/api/5' },
    ],
  },
  {
    name: 'revalidation',
    meaning: 'sessions without revalidation at the identity provider, and sessions with it',
    cases: [
      { name: 'off', server: 'web-bff', env: { REVALIDATION_SECONDS: '0' } },
      { name: 'on', server: 'web-bff' },
    ],
  },
  {
    name: 'tenants',
    meaning: 'users of 2 and of 10,000 tenants',
    cases: [
      { name: '2 tenants', server: 'web-bff' },
      { name: '10,000 tenants', server: 'web-bff', world: 'many' },
    ],
  },
  {
    name: 'replicas',
    meaning: 'one, two and three processes on one Redis, on the same two cores',
    cases: [1, 2, 3].map((replicas) => ({
      name: `${replicas} replicas`,
      server: 'web-bff' as const,
      replicas,
    })),
  },
];
