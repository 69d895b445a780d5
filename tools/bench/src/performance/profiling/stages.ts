const rules: readonly (readonly [stage: string, pattern: RegExp])[] = [
  ['garbage collection', /^\(garbage collector\)/],
  ['native code', /^\(program\)/],
  ['validate answers', / zod\//],
  ['call services', / (?:libs\/upstream-clients|undici|axios|opossum)\b/],
  ['query Redis', / (?:libs\/service-kit\/src\/state\/redis-store|ioredis)\b/],
  ['authenticate', / (?:libs\/auth-delegation\/|apps\/web-bff\/src\/(?:browser-sessions|cookies|csrf))/],
  ['filter for the tenant', / libs\/tenancy\//],
  ['join sources', / libs\/aggregation\//],
  ['shape, compress, send', / libs\/shaping\//],
  ['context, life cycle', / libs\/service-kit\//],
  ['route', / (?:express|router|helmet)\//],
  ['screen', / apps\/web-bff\//],
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
