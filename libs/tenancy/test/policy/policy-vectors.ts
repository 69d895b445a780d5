import type { FieldLists, JsonObject } from '../../src/index.ts';

/** Test vectors: lists, view, and the visible part of the view. */
export const vectors: readonly [circumstance: string, FieldLists, view: JsonObject, seen: JsonObject][] = [
  [
    'a bare name is blocked at any depth, in arrays too',
    { blocked: ['ssn'] },
    { ssn: 1, user: { ssn: 2, name: 'A' }, things: [{ ssn: 3, lines: [[{ ssn: 4, id: 1 }]] }] },
    { user: { name: 'A' }, things: [{ lines: [[{ id: 1 }]] }] },
  ],
  [
    'a path is blocked exactly there',
    { blocked: ['user.ssn'] },
    { ssn: 1, user: { ssn: 2, name: 'A', user: { ssn: 3 } }, friend: { user: { ssn: 4 } } },
    { ssn: 1, user: { name: 'A', user: { ssn: 3 } }, friend: { user: { ssn: 4 } } },
  ],
  [
    'H1 a blocked path passes through arrays',
    { blocked: ['things.notes'] },
    { things: [{ id: 1, notes: 'x' }, [{ notes: 'y' }], null, 7], notes: 'z' },
    { things: [{ id: 1 }, [{}], null, 7], notes: 'z' },
  ],
  [
    'H1 [*] in a blocked path says the same, and passes through what is not an array',
    { blocked: ['things[*].notes'] },
    { things: { id: 1, notes: 'x' } },
    { things: { id: 1 } },
  ],
  ['[*] behind a bare name blocks the name', { blocked: ['tags[*]'] }, { tags: ['a'], b: 1 }, { b: 1 }],
  [
    'H1 a blocked parent takes its children with it, listed after it',
    { blocked: ['user.card', 'user.card.number'] },
    { user: { card: { number: 1, name: 'A' } } },
    { user: {} },
  ],
  [
    'H1 or before it',
    { blocked: ['user.card.number', 'user.card'] },
    { user: { card: { number: 1, name: 'A' } } },
    { user: {} },
  ],
  [
    'H3 null, zero, empty text and false stay',
    { blocked: ['x'] },
    { a: null, b: 0, c: '', d: false, e: [], f: {}, x: 1 },
    { a: null, b: 0, c: '', d: false, e: [], f: {} },
  ],
  [
    'H1 allow mode: only what is listed, unknown members are dropped',
    { allowed: ['name', 'email', 'things[*].id'] },
    { name: 'G', email: null, phone: '1', things: [{ id: 1, total: 5 }, { id: 2, name: 'x' }], user: { name: 'x' } },
    { name: 'G', email: null, things: [{ id: 1 }, { id: 2 }] },
  ],
  [
    'H2 allow mode: arrays keep order and length; of which nothing may be seen becomes {}',
    { allowed: ['things[*].id'] },
    { things: [{ id: 1 }, { total: 5 }, 'text', null, [{ id: 9 }], { id: 2 }] },
    { things: [{ id: 1 }, {}, {}, {}, {}, { id: 2 }] },
  ],
  ['allow mode: an empty array is seen as such', { allowed: ['things[*].id'] }, { things: [] }, { things: [] }],
  ['allow mode: a bare name is allowed at the root only', { allowed: ['id'] }, { id: 1, o: { id: 2 } }, { id: 1 }],
  [
    'allow mode: a listed member is seen whole',
    { allowed: ['user', 'user.name', 'tags[*]', 'grid[*][*].x'] },
    { user: { name: 'A', card: { n: [1] } }, tags: [1, { a: 2 }], grid: [[{ x: 1, y: 2 }], []] },
    { user: { name: 'A', card: { n: [1] } }, tags: [1, { a: 2 }], grid: [[{ x: 1 }], []] },
  ],
  [
    'allow mode: a parent without an allowed child is dropped',
    { allowed: ['a.b.c', 'u.name'] },
    { a: { b: { d: 1 } }, u: {} },
    {},
  ],
  [
    'allow mode: a path does not pass through an array without [*], nor [*] through an object',
    { allowed: ['list.id', 'one[*].id', 'text.id'] },
    { list: [{ id: 1 }], one: { id: 1 }, text: 'id' },
    {},
  ],
  [
    'blocked beats allowed, as a name and as a path',
    { allowed: ['user', 'things[*].id', 'things[*].notes'], blocked: ['ssn', 'things.notes', 'user.card'] },
    { user: { ssn: 1, name: 'A', card: 2 }, things: [{ id: 1, notes: 'n' }], ssn: 3 },
    { user: { name: 'A' }, things: [{ id: 1 }] },
  ],
  ['what is allowed and blocked leaves no empty parent', { allowed: ['u.ssn'], blocked: ['ssn'] }, { u: { ssn: 1 } }, {}],
  [
    'names of inherited members are names like any other',
    { blocked: ['constructor', 'a.toString'] },
    { constructor: 1, a: { toString: 2, valueOf: 3 }, hasOwnProperty: 4 },
    { a: { valueOf: 3 }, hasOwnProperty: 4 },
  ],
  ['allow mode: inherited members are not there', { allowed: ['constructor', 'toString.name'] }, { a: 1 }, {}],
  ['letters of all scripts', { blocked: ['Straße', '名前'] }, { Straße: 1, 名前: 2, name: 3 }, { name: 3 }],
]; // prettier-ignore
