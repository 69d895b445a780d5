const rules: readonly (readonly [stage: string, pattern: RegExp])[] = [
  ['garbage collection', /^\(garbage collector\)/],
  ['native code', /^\(program\)/],
  ['validate answers', / zod\//],
  ['call services', / (?:libs\/upstream-clients|undici|axios|opossum|tools\/bench\/src\/peers\/calls)\b/],
  ['query Redis', / (?:libs\/service-kit\/src\/state\/|ioredis\b)/],
  ['sign internal tokens', / libs\/auth-delegation\/src\/internal-token\//],
  [
    'authenticate',
    / (?:libs\/auth-delegation\/|apps\/[\w-]+\/src\/(?:browser-sessions|cookies|csrf)|(?:@fastify\/jwt|fast-jwt)\/)/,
  ],
  ['filter for the tenant', / libs\/tenancy\//],
  ['join sources', / libs\/aggregation\//],
  ['synchronize', / libs\/diff-sync\//],
  [
    'shape, compress, send',
    / (?:libs\/shaping\/|libs\/service-kit\/src\/core\/(?:json-text|content-mac)|(?:@fastify\/(?:compress|etag)|fast-json-stringify)\/|fastify\/lib\/reply)/,
  ],
  ['admission, context', / (?:libs\/service-kit|@fastify\/rate-limit|pino)\//],
  ['route', / (?:express|router|helmet|fastify|find-my-way)\//],
  ['screen', / (?:libs\/screens|apps|tools\/bench\/src\/peers)\//],
];

/** Returns the stage of a request to which a stack belongs. @param path names of frames, innermost first */
export function stageOf(path: readonly string[]): string {
  for (const name of path) {
    const rule = rules.find(([, pattern]) => pattern.test(name));
    if (rule) return rule[0];
  }
  return 'sockets, HTTP, promises';
}

export const stageNames: readonly string[] = [...rules.map(([stage]) => stage), 'sockets, HTTP, promises'];
