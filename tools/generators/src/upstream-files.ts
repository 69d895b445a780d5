import { type DescribedOperation } from './openapi-operations.ts';
import { pascal } from './names.ts';
import { sampleOf } from '@bff/demo-services/generic';
import { zodSource } from './zod-source.ts';

/** Name of the type of an operation's answer. */
export function answerType(name: string, operation: DescribedOperation): string {
  const own = pascal(operation.name);
  return own.toLowerCase().includes(name) ? own : pascal(name) + own;
}

/** The client: operations, schemas, breakers. The figures are those of the other clients, to be tuned. */
export function clientSource(name: string, operations: readonly DescribedOperation[]): string {
  const Name = pascal(name);
  const schemaOf = (each: DescribedOperation) => `${each.name}Answer`;
  const paged = (each: DescribedOperation) => each.query.length > 0;
  return `import { z } from 'zod';
import { breakerSettings } from './breaker-settings.ts';
import type { CallScope } from './call.ts';
${operations.some((each) => each.bodyType) ? "import { type JsonObject } from './json.ts';\n" : ''}import { sourceBudgetMs, type Compile, type Operation } from './operation.ts';

${operations.map((each) => `const ${schemaOf(each)} = ${zodSource(each.response)};`).join('\n')}

${operations.map((each) => `export type ${answerType(name, each)} = Readonly<z.infer<typeof ${schemaOf(each)}>>;`).join('\n')}

const base = { service: '${name}', budgetMs: sourceBudgetMs, breaker: breakerSettings(5, 30_000) } as const;

export const ${name}Operations = {
${operations
  .map(
    (each) => `${each.name}: {
  ...base,
  name: '${each.name}',
  method: '${each.method}',
  path: '${each.path}',${each.bodyType && each.bodyType !== 'application/json' ? `\n  contentType: '${each.bodyType}',` : ''}
  response: ${schemaOf(each)},
},`,
  )
  .join('\n')}
} as const satisfies Record<string, Operation<unknown>>;

export type ${Name}Client = ReturnType<typeof create${Name}Client>;

export function create${Name}Client(compile: Compile) {
${operations.map((each) => `const ${each.name} = compile<${answerType(name, each)}>(${name}Operations.${each.name});`).join('\n')}
  return {
${operations
  .map((each) => {
    const query = `{ ${each.query.map((parameter) => `${JSON.stringify(parameter.name)}?: ${parameter.type}`).join('; ')} }`;
    const parameters = [
      'scope: CallScope',
      ...each.params.map((param) => `${param}: string`),
      ...(each.bodyType ? ['body: JsonObject'] : []),
      ...(paged(each) ? [`query: ${query} = {}`] : []),
    ];
    const request = [
      `params: { ${each.params.join(', ')} }`,
      ...(each.bodyType ? ['body'] : []),
      ...(paged(each) ? ['query'] : []),
    ];
    return `${each.name}: (${parameters.join(', ')}) => ${each.name}({ ${request.join(', ')} }, scope),`;
  })
  .join('\n')}
  };
}
`;
}

/** Speaks HTTP with the client: what it asks, and what it makes of what it hears. */
export function clientSpec(name: string, operations: readonly DescribedOperation[]): string {
  const rows = operations.map((each) => {
    const path = each.params.reduce((text, param) => text.replace(`{${param}}`, 'alice'), each.path);
    const args = ['scopeOf()', ...each.params.map(() => "'alice'"), ...(each.bodyType ? ['{}'] : [])];
    return `['${each.method} ${path}', ({ ${name} }) => ${name}.${each.name}(${args.join(', ')}), ${JSON.stringify(sampleOf(each.response))}],`;
  });
  return `import type { Outcome } from '@bff/service-kit';
import { afterEach, expect, test } from '@jest/globals';
import type { UpstreamClients } from '../src/index.ts';
import { sendJson } from './upstreams.ts';
import { createWorld, scopeOf } from './world.ts';

const world = createWorld();
afterEach(world.end);

const calls: [line: string, ask: (clients: UpstreamClients) => Promise<Outcome<unknown>>, answer: unknown][] = [
${rows.join('\n')}
];

test.each(calls)('%s is asked, and its answer taken as it is', async (line, ask, value) => {
  const seen: string[] = [];
  const upstream = await world.http((request, response) => {
    seen.push(\`\${request.method} \${request.url}\`);
    sendJson(response, value);
  });
  expect(await ask(world.clients(upstream.address).clients)).toEqual({ kind: 'value', value });
  expect(seen).toEqual([line]);
});

test.each(calls)('A8 %s: what its document does not allow is a bad response', async (_line, ask) => {
  const upstream = await world.http((_, response) => sendJson(response, 'something else'));
  expect(await ask(world.clients(upstream.address).clients)).toMatchObject({
    kind: 'failed',
    reason: 'bad-response',
  });
});
`;
}

/** The patterns of the double's routes. */
export const patternOf = ({ path }: DescribedOperation): string => path.replace(/\{(\w+)\}/g, ':$1');

/** A double for the demo world and the tests of the apps: it answers what the document shows, to accounts that it has. */
export function doubleSource(name: string, operations: readonly DescribedOperation[]): string {
  return `import { Problem } from '@bff/service-kit';
${operations.some((each) => each.method === 'GET') ? "import { aWhile } from './cacheable.ts';\n" : ''}import { accounts } from './seed.ts';
import type { Route, Service } from './service.ts';

const isKnown = (tenant: string, user: string): boolean =>
  accounts.some(([itsTenant, id]) => itsTenant === tenant && id === user);

const routes: readonly Route[] = [
${operations
  .map(
    (each) => `{
    method: '${each.method}',
    pattern: '${patternOf(each)}',${each.method === 'GET' ? '\n    cacheControl: aWhile,' : ''}
    prepare: () => ({ caller${each.path.includes('/users/{') ? ', id' : ''} }) => {
      if (!isKnown(caller.tid, ${each.path.includes('/users/{') ? 'id' : 'caller.sub'})) throw new Problem('not-found');
      return { body: ${JSON.stringify(sampleOf(each.response))} };
    },
  },`,
  )
  .join('\n')}
];

export const ${name}Service: Service = { tables: '', fill: () => undefined, routes };
`;
}

export function doubleSpec(name: string, operations: readonly DescribedOperation[]): string {
  const rows = operations.map(
    (each) =>
      `['${each.method}', '${each.params.reduce((text, param) => text.replace(`{${param}}`, 'alice'), each.path)}', ${JSON.stringify(sampleOf(each.response))}],`,
  );
  return `import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDemoService, type DemoService } from '../src/index.ts';
import { call } from './caller.ts';

let service: DemoService;
beforeAll(async () => {
  service = await startDemoService('${name}-service');
});
afterAll(() => service.close());

test.each([
${rows.join('\n')}
] as const)('%s %s answers as documented, and to nobody of an unknown tenant', async (method, path, body) => {
  expect(await call(service, path, {}, { method })).toMatchObject({ status: 200, body });
  expect((await call(service, path, { tid: 'nowhere' }, { method })).status).toBe(404);
});
`;
}
