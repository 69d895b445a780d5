import { expect, test } from '@jest/globals';
import { defineShape, parseFields } from '../../src/index.ts';

interface Thing {
  readonly title: string;
  readonly summary: string | null;
  readonly things: readonly { readonly id: string; readonly note: string | null }[];
}

interface MobileThing {
  readonly title: string;
  readonly text: string | null;
  readonly things: readonly { readonly id: string; readonly note: string | null }[];
}

const mobileThing = defineShape<Thing, MobileThing>({
  name: 'mobile/thing/1',
  nulls: 'strip',
  of: ({ title, summary, things }) => ({ title, text: summary, things }),
});
const webThing = defineShape<Thing, Thing>({
  name: 'web/thing/1',
  nulls: 'keep',
  of: (thing) => thing,
});

const thing: Thing = { title: 'First', summary: null, things: [{ id: 'o1', note: null }] };

test('H3 only a shape with `nulls: strip` removes nulls', () => {
  expect(mobileThing(thing).view).toEqual({ title: 'First', things: [{ id: 'o1' }] });
  expect(webThing(thing).view).toEqual(thing);
});

test('H2 `fields` selects members of the shape, not of the view from which the shape is made', () => {
  const fields = parseFields('text,summary,things[*].note');
  expect(mobileThing(thing, { fields }).view).toEqual({ things: [{}] });
  expect(webThing(thing, { fields }).view).toEqual({ summary: null, things: [{ note: null }] });
});

test('H4 the flat form of a selection contains only the selected members', () => {
  const fields = parseFields('title,things[*].id');
  expect(webThing(thing, { fields, flat: true }).view).toEqual({ title: 'First', 'things.0.id': 'o1' });
});

test('H5 the scope of a shaped view differs for shapes, selections and forms that give different bytes', () => {
  const scopes = [
    webThing(thing),
    webThing(thing, { flat: true }),
    webThing(thing, { fields: parseFields('title') }),
    webThing(thing, { fields: parseFields('title'), flat: true }),
    mobileThing(thing),
  ].map(({ scope }) => JSON.stringify(scope));
  expect(new Set(scopes).size).toBe(scopes.length);
  expect(webThing(thing, { fields: parseFields('title,summary') }).scope).toEqual(
    webThing(thing, { fields: parseFields('summary,title,title') }).scope,
  );
});

test('a shape whose result cannot be represented in JSON does not compile', () => {
  const options = { name: 'x', nulls: 'keep' } as const;
  const shapes = [
    // @ts-expect-error a Date becomes a string
    defineShape<Thing, { at: Date }>({ ...options, of: () => ({ at: new Date(0) }) }),
    // @ts-expect-error a Map becomes {}
    defineShape<Thing, { all: Map<string, string> }>({ ...options, of: () => ({ all: new Map() }) }),
    // @ts-expect-error JSON.stringify throws
    defineShape<Thing, { big: bigint }>({ ...options, of: () => ({ big: 1n }) }),
    // @ts-expect-error a function is left out
    defineShape<Thing, { f: () => void }>({ ...options, of: () => ({ f: () => undefined }) }),
    // @ts-expect-error the contract has a member that the shape forgets
    defineShape<Thing, MobileThing>({ ...options, of: ({ title, things }) => ({ title, things }) }),
    defineShape<Thing, { deep: { list: (string | null)[]; maybe?: number } }>({
      ...options,
      of: () => ({ deep: { list: [null] } }),
    }),
  ];
  expect(shapes).toHaveLength(6);
});
