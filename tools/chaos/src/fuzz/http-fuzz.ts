import type { BffName } from '@bff/demo-world';
import fc from 'fast-check';
import { ask, type Question, type Reply } from '../load/ask.ts';
import { documentedOperations, type Operation, type Parameter } from './documented-operations.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { problemType } from '../oracle/oracle.ts';
import { hostileText } from './parser-properties.ts';
import { product } from '../product.ts';
import { logInClients } from '../load/load-clients.ts';

/** Maximum time of an answer in milliseconds: that of a screen, plus a margin for a busy machine. */
const longestMs = 10_000;
/** Operations that are not called, because they would end the fuzzer's own session. */
const endsSession = /\/auth\/(logout|sessions)/;
/** Operations whose protocol has its own form of errors: OAuth and JSON-RPC. */
const ownErrors = /^\/(oauth|auth\/backchannel-logout|mcp)/;

const [first, second] = product.tenants;
const plausible: Readonly<Record<string, fc.Arbitrary<string>>> = {
  shape: fc.constantFrom('flat', 'nested'),
  limit: fc.oneof(
    fc.integer({ min: 1, max: 100 }).map(String),
    fc.constantFrom('0', '101', '1e2', ' 5', '-1'),
  ),
  'X-Tenant-ID': fc.constantFrom(first.id, second.id, 'unknown', `${first.id}, ${second.id}`),
  'If-None-Match': fc.constantFrom('*', '"a"', 'W/"a", "b"', '"a" "b"'),
  'If-Match': fc.constantFrom('*', '"a"', 'W/"a"'),
  'A-IM': fc.constantFrom('json-patch', 'json-patch;q=0', 'vcdiff, json-patch'),
  'Idempotency-Key': fc.constantFrom('"k"', 'k', '"', '"a b"'),
  ...Object.fromEntries(
    Object.entries(product.fuzz.values).map(([name, values]) => [name, fc.constantFrom(...values)]),
  ),
};
const valueOf = ({ name }: Parameter): fc.Arbitrary<string> => {
  const good = plausible[name];
  return good ? fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: hostileText }) : hostileText;
};
/**
 * Returns the characters that a field value may contain (RFC 9110, section 5.5); Node refuses to send others.
 */
const fieldValue = (text: string): string =>
  text
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .trim()
    .slice(0, 4_000);
const stray = fc.dictionary(
  fc.constantFrom(
    'Cookie',
    'traceparent',
    'tracestate',
    'Accept-Encoding',
    'Accept',
    'X-Request-ID',
    'X-Forwarded-Host',
    'X-Forwarded-For',
    'DPoP',
    'Range',
    'Cache-Control',
    'X-Tenant-ID',
    'A-IM',
    'Prefer',
    'Content-Encoding',
    'X-Client-Cert',
    'Sec-Fetch-Site',
    'Authorization',
    'MCP-Protocol-Version',
    'Mcp-Method',
  ),
  fc.oneof(
    hostileText,
    fc.constantFrom(
      'gzip;q=0, *;q=0',
      'br;q=1.0001',
      '00-00000000000000000000000000000000-0000000000000000-00',
      '__Host-bff=x; __Host-bff=y',
      'bytes=0-1',
      'no-transform',
    ),
  ),
  { maxKeys: 3 },
);
const body = fc.option(
  fc.oneof(
    fc.json({ maxDepth: 4 }),
    hostileText,
    fc.constantFrom(
      ...product.fuzz.bodies,
      '{}',
      '[]',
      'null',
      `${'['.repeat(500)}${']'.repeat(500)}`,
      'grant_type=authorization_code&code=x',
      'logout_token=a.b.c',
      '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    ),
  ),
  { nil: undefined },
);
const contentType = fc.constantFrom(
  'application/merge-patch+json',
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/json; charset=utf-16',
  '',
);

interface Shot {
  readonly operation: Operation;
  readonly values: Readonly<Record<string, string>>;
  readonly present: readonly boolean[];
  readonly stray: Readonly<Record<string, string>>;
  readonly loggedIn: boolean;
  readonly method: string;
  readonly body: string | undefined;
  readonly contentType: string;
}

export interface FuzzReport {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly seed: number;
}

/**
 * Sends random requests, partly valid ones, to every documented operation. Outside production the BFFs
 * validate each answer against its schema themselves, and replace an invalid one by 500.
 *
 * @throws {Error} with the seed and the smallest request whose answer the contract does not allow
 */
export async function fuzzHttp(
  fleet: Fleet,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<FuzzReport> {
  const visitors = await logInClients(fleet, { [first.id]: first.users(1, 1) });
  const credentialsAt = (bff: BffName) => visitors.find((each) => each.bff === bff)?.credentials ?? {};
  const statuses: Record<string, number> = {};
  let requests = 0;

  const shots = fc
    .constantFrom(
      ...documentedOperations().filter(({ path, method }) => !(endsSession.test(path) && method !== 'GET')),
    )
    .chain(
      (operation) =>
        fc.record({
          operation: fc.constant(operation),
          values: fc.record(
            Object.fromEntries(operation.parameters.map((each) => [each.name, valueOf(each)])),
          ) as fc.Arbitrary<Record<string, string>>,
          present: fc.array(fc.boolean(), {
            minLength: operation.parameters.length,
            maxLength: operation.parameters.length,
          }),
          stray,
          loggedIn: fc.boolean().map((rarely) => rarely || operation.path.length % 3 > 0),
          method: fc.oneof(
            { weight: 9, arbitrary: fc.constant(operation.method) },
            { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS') },
          ),
          body,
          contentType,
        }) satisfies fc.Arbitrary<Shot>,
    );

  await fc.assert(
    fc.asyncProperty(shots, async (shot) => {
      const question = questionOf(
        shot,
        fleet.doors[shot.operation.bff].url,
        credentialsAt(shot.operation.bff),
      );
      const reply = await ask(question);
      requests += 1;
      statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
      const wrong = wrongWith(shot, reply);
      if (wrong !== undefined)
        throw new Error(
          `${wrong}\n${JSON.stringify({ ...question, headers: { ...question.headers, Authorization: '...', Cookie: '...' } })}`,
        );
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  for (const unit of Object.values(fleet.replicas).flat()) {
    const { status } = await fetch(unit.readyUrl);
    if (status !== 200) throw new Error(`${unit.name} is not ready after the requests (status ${status})`);
  }
  return { requests, statuses, seed };
}

function questionOf(
  { operation, values, present, stray, loggedIn, method, body, contentType }: Shot,
  origin: string,
  credentials: Readonly<Record<string, string>>,
): Question {
  const given = operation.parameters.filter((each, index) => each.in === 'path' || present[index]);
  const query = given
    .filter((each) => each.in === 'query')
    .map(({ name }) => `${name}=${encodeURIComponent((values[name] ?? '').toWellFormed())}`);
  const path = operation.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent((values[name] ?? '').toWellFormed()) || 'x',
  );
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(stray)) headers[name] = fieldValue(value);
  for (const { name } of given.filter((each) => each.in === 'header'))
    headers[name] = fieldValue(values[name] ?? '');
  if (loggedIn) Object.assign(headers, credentials, { Origin: origin });
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  if (hasBody && contentType) headers['Content-Type'] = contentType;
  const url = `${origin}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`.slice(0, 12_000);
  return { method, url, headers, ...(hasBody && { body }) };
}

/** Returns how an answer violates the contract; undefined when it does not. */
function wrongWith({ operation, method }: Shot, { status, headers, body, ms }: Reply): string | undefined {
  if (status === 0) return `no answer: ${body}`;
  if (status >= 500) return `${status}: ${body.slice(0, 300)}`;
  if (ms > longestMs) return `${Math.round(ms)} ms`;
  if (/\bat .+:\d+:\d+\)?|node_modules|ECONN|[A-Z]\w+Error:/.test(body))
    return `a stack or an internal error: ${body.slice(0, 300)}`;
  if (status < 400 || method === 'HEAD' || method === 'OPTIONS') return undefined;
  const type = headers['content-type'] ?? '';
  const isOwnError =
    ownErrors.test(operation.path) && (/^application\/json/.test(type) || /^text\/html/.test(type));
  if (isOwnError || problemType(type, body) !== undefined) return undefined;
  return `${status} is not a known problem: ${type} ${body.slice(0, 200)}`;
}
