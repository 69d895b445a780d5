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
    'a blocked path hides the member at that path and no other',
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
    'H1 a blocked path with [*] also hides the member of an object that is not in an array',
    { blocked: ['things[*].notes'] },
    { things: { id: 1, notes: 'x' } },
    { things: { id: 1 } },
  ],
  ['a bare name followed by [*] hides the complete member', { blocked: ['tags[*]'] }, { tags: ['a'], b: 1 }, { b: 1 }],
  [
    'H1 a blocked parent hides its children when a child is listed after it',
    { blocked: ['user.card', 'user.card.number'] },
    { user: { card: { number: 1, name: 'A' } } },
    { user: {} },
  ],
  [
    'H1 a blocked parent hides its children when a child is listed before it',
    { blocked: ['user.card.number', 'user.card'] },
    { user: { card: { number: 1, name: 'A' } } },
    { user: {} },
  ],
  [
    'H3 members that are null, zero, false or empty are shown',
    { blocked: ['x'] },
    { a: null, b: 0, c: '', d: false, e: [], f: {}, x: 1 },
    { a: null, b: 0, c: '', d: false, e: [], f: {} },
  ],
  [
    'H1 with an allowlist only the listed members are shown',
    { allowed: ['name', 'email', 'things[*].id'] },
    { name: 'G', email: null, phone: '1', things: [{ id: 1, total: 5 }, { id: 2, name: 'x' }], user: { name: 'x' } },
    { name: 'G', email: null, things: [{ id: 1 }, { id: 2 }] },
  ],
  [
    'H2 with an allowlist arrays keep order and length, and an item without visible members becomes {}',
    { allowed: ['things[*].id'] },
    { things: [{ id: 1 }, { total: 5 }, 'text', null, [{ id: 9 }], { id: 2 }] },
    { things: [{ id: 1 }, {}, {}, {}, {}, { id: 2 }] },
  ],
  ['with an allowlist an empty array is shown as an empty array', { allowed: ['things[*].id'] }, { things: [] }, { things: [] }],
  ['with an allowlist a bare name is shown at the root only', { allowed: ['id'] }, { id: 1, o: { id: 2 } }, { id: 1 }],
  [
    'with an allowlist a listed member is shown with everything in it',
    { allowed: ['user', 'user.name', 'tags[*]', 'grid[*][*].x'] },
    { user: { name: 'A', card: { n: [1] } }, tags: [1, { a: 2 }], grid: [[{ x: 1, y: 2 }], []] },
    { user: { name: 'A', card: { n: [1] } }, tags: [1, { a: 2 }], grid: [[{ x: 1 }], []] },
  ],
  [
    'with an allowlist an object without an allowed member is dropped',
    { allowed: ['a.b.c', 'u.name'] },
    { a: { b: { d: 1 } }, u: {} },
    {},
  ],
  [
    'with an allowlist a path enters an array only by [*], and [*] does not match an object',
    { allowed: ['list.id', 'one[*].id', 'text.id'] },
    { list: [{ id: 1 }], one: { id: 1 }, text: 'id' },
    {},
  ],
  [
    'a member that is both blocked and allowed is hidden, by name and by path',
    { allowed: ['user', 'things[*].id', 'things[*].notes'], blocked: ['ssn', 'things.notes', 'user.card'] },
    { user: { ssn: 1, name: 'A', card: 2 }, things: [{ id: 1, notes: 'n' }], ssn: 3 },
    { user: { name: 'A' }, things: [{ id: 1 }] },
  ],
  ['an object whose only allowed member is blocked is dropped', { allowed: ['u.ssn'], blocked: ['ssn'] }, { u: { ssn: 1 } }, {}],
  [
    'members that are named like inherited members are blocked like any other member',
    { blocked: ['constructor', 'a.toString'] },
    { constructor: 1, a: { toString: 2, valueOf: 3 }, hasOwnProperty: 4 },
    { a: { valueOf: 3 }, hasOwnProperty: 4 },
  ],
  ['with an allowlist inherited members are not shown', { allowed: ['constructor', 'toString.name'] }, { a: 1 }, {}],
  ['names with letters of all scripts can be blocked', { blocked: ['Straße', '名前'] }, { Straße: 1, 名前: 2, name: 3 }, { name: 3 }],
]; // prettier-ignore
