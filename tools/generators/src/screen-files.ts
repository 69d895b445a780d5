import { type ScreenSource } from './screen-sources.ts';
import { pascal } from './names.ts';
import { zodSource } from './zod-source.ts';

/** What the screens of an app have in common. */
export interface ScreenStyle {
  /** First part of the names of its shapes. */
  readonly family: string;
  readonly nulls: 'strip' | 'keep';
  readonly hasBudget: boolean;
  /** Whether its tests wait for the login of a user. */
  readonly logsInLate: boolean;
}

/** Bytes that no answer has, until the budget was measured. */
export const unmeasured = '{ identity: 1_000_000, gzip: 1_000_000 }';

/** Sources with their fallbacks, and the shape. */
export function screenSource(name: string, sources: readonly ScreenSource[], style: ScreenStyle): string {
  const types = [...new Set(sources.map(({ type }) => type))].sort();
  const clients = [...new Set(sources.map(({ service }) => service))];
  const narrowed = sources.flatMap(({ part }) =>
    'shown' in part && part.shown ? [{ member: part.member, shown: part.shown.join(', ') }] : [],
  );
  const maps = sources.some(({ part }) => !(part.kind === 'members' && part.isWhole));
  const Name = pascal(name);
  return `import { defineScreen } from '@bff/aggregation';
${maps ? "import { mapOutcome } from '@bff/service-kit';\n" : ''}import { defineShape } from '@bff/shaping';
import { ${types.map((type) => `type ${type}`).join(', ')}, type UpstreamClients } from '@bff/upstream-clients';
import { type ScreenScope } from '../serve-screen.ts';

/** Sources to fetch; at most two seconds of waiting. */
export const ${name}Screen = ({ ${clients.join(', ')} }: UpstreamClients) =>
  defineScreen<ScreenScope>()({
    name: '${name}',
    budgetMs: 2_000,
    sources: {
${sources.map(sourceText).join('\n')}
    },
  });

type ${Name}View = ReturnType<typeof ${name}Screen>['fallback'];

/** Shape to return. */
export const ${name}Shape = defineShape({
  name: '${style.family}/${name}/1',
  nulls: '${style.nulls}',
  of: ${
    narrowed.length === 0
      ? `(view: ${Name}View) => view`
      : `({ ${narrowed.map(({ member }) => member).join(', ')}, ...rest }: ${Name}View) => ({ ...rest, ${narrowed
          .map(({ member, shown }) => `${member}: ${member}?.map(({ ${shown} }) => ({ ${shown} }))`)
          .join(', ')} })`
  },
});
${
  style.hasBudget
    ? `
/** Bytes of the whole answer that no seeded user's may pass. */
export const ${name}Budget = ${unmeasured};
`
    : ''
}`;
}

function sourceText({ name, service, operation, type, isPaged, part }: ScreenSource): string {
  const call = `${service}.${operation}({ ...scope, deadline }, scope.userId${isPaged ? ', { limit: 5 }' : ''})`;
  const mapped = (map: string) => `async (scope, deadline) => mapOutcome(await ${call}, ${map})`;
  const source = (read: string, fallback: string) => `${name}: { read: ${read}, fallback: ${fallback} },`;
  switch (part.kind) {
    case 'page':
      return source(
        mapped(`({ items }) => ({ ${part.member}: items })`),
        `{ ${part.member}: [] as ${type}['items'] }`,
      );
    case 'list':
      return source(mapped(`(${part.member}) => ({ ${part.member} })`), `{ ${part.member}: [] as ${type} }`);
    case 'whole':
      return source(
        mapped(`(${part.member}) => ({ ${part.member} })`),
        `{ ${part.member}: null as ${type} | null }`,
      );
    case 'members': {
      const { members } = part;
      const fallback = members.map((each) => `${each.as}: null as ${type}['${each.name}'] | null`).join(', ');
      const names = members.map((each) => each.name).join(', ');
      const made = members
        .map((each) => (each.as === each.name ? each.as : `${each.as}: ${each.name}`))
        .join(', ');
      return source(
        part.isWhole ? `(scope, deadline) => ${call}` : mapped(`({ ${names} }) => ({ ${made} })`),
        `{ ${fallback} }`,
      );
    }
  }
}

/** What the contract says of the answer: the entry of `screenAnswers`. */
export function answerText(name: string, sources: readonly ScreenSource[], { nulls }: ScreenStyle): string {
  const options = { object: 'answerObject', optional: false, nulls: nulls === 'keep' };
  const orNull = (text: string) =>
    nulls === 'keep' ? `${text.replace(/\.nullable\(\)$/, '')}.nullable()` : text;
  const members = sources.flatMap(
    ({ part }) =>
    part.kind === 'members'
      ? part.members.map(({ as, schema }) => `${as}: ${orNull(zodSource(schema, options))}`)
      : [`${part.member}: ${part.kind === 'whole' ? orNull(zodSource(part.schema, options)) : zodSource(part.schema, options)}`], // prettier-ignore
  );
  return `${name}: answerObject({ ${members.join(', ')} }).register(named, { id: '${pascal(name)}Answer' })`;
}

export const membersOf = ({ part }: ScreenSource): readonly string[] =>
  part.kind === 'members' ? part.members.map(({ as }) => as) : [part.member];

/** The view as it is when this source is gone. */
const lost = (source: ScreenSource, { nulls }: ScreenStyle): string => {
  const isList = source.part.kind === 'page' || source.part.kind === 'list';
  const value = isList ? '[]' : nulls === 'keep' ? 'null' : 'undefined';
  return `{ ${membersOf(source).map((member) => `${member}: ${value}`).join(', ')} }`; // prettier-ignore
};

export function screenSpec(name: string, sources: readonly ScreenSource[], style: ScreenStyle): string {
  const rows = sources.map(
    (each) => `['${each.name}', '${each.service}', '${each.pattern}', ${lost(each, style)}],`,
  );
  const others = `  expect(status).toBe(200);
  const expected = JSON.parse(JSON.stringify({ ...whole, ...without }));
  expect(body).toEqual({
    ...expected,
    _meta: { complete: false, degraded: [{ source, reason: 'error', fallback: 'default' }] },
  });`;
  const alone = `  expect({ status, body }).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
  expect([source, without, whole]).not.toContain(undefined);`;
  return `import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
const services = () => rig.world.services.services;
afterEach(() => {
  for (const service of Object.values(services())) service.faults.clear();
});
afterAll(() => rig.close());

const get = async () =>
  request(rig.service.url)
    .get('/api/${name}')
    .set(${style.logsInLate ? "await rig.as('alice')" : "rig.as('alice')"});

test('has what its sources have, and nothing that is for the staff', async () => {
  const { status, body, text } = await get();
  expect(status).toBe(200);
  expect(body).toMatchObject({ _meta: { complete: true } });
  expect(Object.keys(body).length).toBeGreaterThan(1);
  expect(text).not.toMatch(/SSN|INTERNAL/);
});

test.each([
${rows.join('\n')}
] as const)('A1 %s lost: ${sources.length > 1 ? 'the others intact, the lost one named' : 'nothing is left to show'}', async (source, service, route, without) => {
  const { _meta, ...whole } = (await get()).body;
  expect(_meta.complete).toBe(true);
  services()[service].faults.set({ route, kind: 'error' });
  const { status, body } = await get();
${sources.length > 1 ? others : alone}
});
`;
}
