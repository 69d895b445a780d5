import type { Json } from '../../src/index.ts';

/** `result` undefined: the patch must be rejected. */
export interface PatchVector {
  readonly title: string;
  readonly document: Json;
  readonly patch: unknown;
  readonly result?: Json;
}

/** RFC 6902, appendix A, by number. */
export const appendixA: readonly PatchVector[] = [
  {
    title: 'A.1 adding an object member',
    document: { foo: 'bar' },
    patch: [{ op: 'add', path: '/baz', value: 'qux' }],
    result: { baz: 'qux', foo: 'bar' },
  },
  {
    title: 'A.2 adding an array element',
    document: { foo: ['bar', 'baz'] },
    patch: [{ op: 'add', path: '/foo/1', value: 'qux' }],
    result: { foo: ['bar', 'qux', 'baz'] },
  },
  {
    title: 'A.3 removing an object member',
    document: { baz: 'qux', foo: 'bar' },
    patch: [{ op: 'remove', path: '/baz' }],
    result: { foo: 'bar' },
  },
  {
    title: 'A.4 removing an array element',
    document: { foo: ['bar', 'qux', 'baz'] },
    patch: [{ op: 'remove', path: '/foo/1' }],
    result: { foo: ['bar', 'baz'] },
  },
  {
    title: 'A.5 replacing a value',
    document: { baz: 'qux', foo: 'bar' },
    patch: [{ op: 'replace', path: '/baz', value: 'boo' }],
    result: { baz: 'boo', foo: 'bar' },
  },
  {
    title: 'A.6 moving a value',
    document: { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
    patch: [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
    result: { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
  },
  {
    title: 'A.7 moving an array element',
    document: { foo: ['all', 'grass', 'cows', 'eat'] },
    patch: [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
    result: { foo: ['all', 'cows', 'eat', 'grass'] },
  },
  {
    title: 'A.8 testing a value: success',
    document: { baz: 'qux', foo: ['a', 2, 'c'] },
    patch: [
      { op: 'test', path: '/baz', value: 'qux' },
      { op: 'test', path: '/foo/1', value: 2 },
    ],
    result: { baz: 'qux', foo: ['a', 2, 'c'] },
  },
  {
    title: 'A.9 testing a value: error',
    document: { baz: 'qux' },
    patch: [{ op: 'test', path: '/baz', value: 'bar' }],
  },
  {
    title: 'A.10 adding a nested member object',
    document: { foo: 'bar' },
    patch: [{ op: 'add', path: '/child', value: { grandchild: {} } }],
    result: { foo: 'bar', child: { grandchild: {} } },
  },
  {
    title: 'A.11 ignoring unrecognized elements',
    document: { foo: 'bar' },
    patch: [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }],
    result: { foo: 'bar', baz: 'qux' },
  },
  {
    title: 'A.12 adding to a nonexistent target',
    document: { foo: 'bar' },
    patch: [{ op: 'add', path: '/baz/bat', value: 'qux' }],
  },
  {
    title: 'A.13 invalid JSON Patch document (the last "op" of two is what JSON.parse sees)',
    document: { foo: 'bar' },
    patch: JSON.parse('[{ "op": "add", "path": "/baz", "value": "qux", "op": "remove" }]'),
  },
  {
    title: 'A.14 escape ordering',
    document: { '/': 9, '~1': 10 },
    patch: [{ op: 'test', path: '/~01', value: 10 }],
    result: { '/': 9, '~1': 10 },
  },
  {
    title: 'A.15 comparing strings and numbers',
    document: { '/': 9, '~1': 10 },
    patch: [{ op: 'test', path: '/~01', value: '10' }],
  },
  {
    title: 'A.16 adding an array value',
    document: { foo: ['bar'] },
    patch: [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
    result: { foo: ['bar', ['abc', 'def']] },
  },
]; // prettier-ignore

const one = (operation: object): unknown => [operation];
const nested: Json = { a: { b: [0, { c: 1 }] }, '': { '': 2 }, 'm~n': 3, 'o/p': 4, n: null };

/** Requirements of RFC 6902, sections 4 and 5, and RFC 6901, section 4, beyond the examples. */
export const accepted: readonly PatchVector[] = [
  { title: 'an empty patch', document: [1], patch: [], result: [1] },
  { title: 'add replaces a member that exists', document: { a: 1 }, patch: one({ op: 'add', path: '/a', value: 2 }), result: { a: 2 } },
  {
    title: 'add of null',
    document: {},
    patch: one({ op: 'add', path: '/a', value: null }),
    result: { a: null },
  },
  { title: 'add replaces the document', document: { a: 1 }, patch: one({ op: 'add', path: '', value: [2] }), result: [2] },
  { title: 'add at the length of an array', document: [1], patch: one({ op: 'add', path: '/1', value: 2 }), result: [1, 2] },
  { title: 'add before the first item', document: [1], patch: one({ op: 'add', path: '/0', value: 2 }), result: [2, 1] },
  {
    title: 'add to an empty array',
    document: [],
    patch: one({ op: 'add', path: '/0', value: 2 }),
    result: [2],
  },
  { title: 'the empty name is a name', document: nested, patch: one({ op: 'test', path: '//', value: 2 }), result: nested },
  {
    title: '~0 is a tilde',
    document: nested,
    patch: one({ op: 'test', path: '/m~0n', value: 3 }),
    result: nested,
  },
  {
    title: '~1 is a slash',
    document: nested,
    patch: one({ op: 'test', path: '/o~1p', value: 4 }),
    result: nested,
  },
  { title: 'digits name a member of an object', document: { '01': 1 }, patch: one({ op: 'remove', path: '/01' }), result: {} },
  { title: '- names a member of an object', document: { '-': 1 }, patch: one({ op: 'remove', path: '/-' }), result: {} },
  { title: 'replace in depth', document: nested, patch: one({ op: 'replace', path: '/a/b/1/c', value: 5 }), result: { ...nested, a: { b: [0, { c: 5 }] } } },
  {
    title: 'replace of the document',
    document: 1,
    patch: one({ op: 'replace', path: '', value: null }),
    result: null,
  },
  { title: 'copy', document: { a: [1] }, patch: one({ op: 'copy', from: '/a', path: '/b' }), result: { a: [1], b: [1] } },
  {
    title: 'a copy is another value',
    document: { a: [1] },
    patch: [
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'add', path: '/b/-', value: 2 },
    ],
    result: { a: [1], b: [1, 2] },
  },
  { title: 'copy of the document into itself', document: { a: 1 }, patch: one({ op: 'copy', from: '', path: '/b' }), result: { a: 1, b: { a: 1 } } },
  { title: 'move to where it is', document: { a: 1 }, patch: one({ op: 'move', from: '/a', path: '/a' }), result: { a: 1 } },
  { title: 'move to a name that begins alike', document: { a: 1 }, patch: one({ op: 'move', from: '/a', path: '/ab' }), result: { ab: 1 } },
  { title: 'move over its own parent', document: { a: { b: 1 } }, patch: one({ op: 'move', from: '/a/b', path: '/a' }), result: { a: 1 } },
  { title: 'move to the end of the array', document: [1, 2, 3], patch: one({ op: 'move', from: '/0', path: '/-' }), result: [2, 3, 1] },
  { title: 'test of an object in another order', document: { a: { b: 1, c: [2] } }, patch: one({ op: 'test', path: '/a', value: { c: [2], b: 1 } }), result: { a: { b: 1, c: [2] } } },
  {
    title: 'test of null',
    document: nested,
    patch: one({ op: 'test', path: '/n', value: null }),
    result: nested,
  },
  {
    title: 'test of the document',
    document: [],
    patch: one({ op: 'test', path: '', value: [] }),
    result: [],
  },
  { title: 'numbers are equal by value', document: [1], patch: one(JSON.parse('{"op":"test","path":"/0","value":1.0e0}')), result: [1] },
  {
    title: 'the document goes and comes back',
    document: 1,
    patch: [
      { op: 'remove', path: '' },
      { op: 'add', path: '', value: 2 },
    ],
    result: 2,
  },
  { title: '__proto__ is a name', document: {}, patch: one({ op: 'add', path: '/__proto__', value: { polluted: true } }), result: JSON.parse('{"__proto__":{"polluted":true}}') as Json },
]; // prettier-ignore

/** Patches that must be rejected without changing the document. */
export const refused: readonly PatchVector[] = [
  { title: 'not an array', document: {}, patch: { op: 'add', path: '/a', value: 1 } },
  { title: 'null for a patch', document: {}, patch: null },
  { title: 'a text for an operation', document: {}, patch: ['add'] },
  { title: 'null for an operation', document: {}, patch: [null] },
  { title: 'no op', document: {}, patch: one({ path: '/a', value: 1 }) },
  { title: 'an unknown op', document: { a: 1 }, patch: one({ op: 'spam', path: '/a', value: 1 }) },
  { title: 'an op in capitals', document: {}, patch: one({ op: 'ADD', path: '/a', value: 1 }) },
  {
    title: 'an op that is a member of every object',
    document: {},
    patch: one({ op: 'toString', path: '/a' }),
  },
  { title: 'an inherited op', document: {}, patch: [Object.assign(Object.create({ op: 'add' }), { path: '/a', value: 1 })] },
  { title: 'no path', document: {}, patch: one({ op: 'add', value: 1 }) },
  { title: 'a number for a path', document: [1], patch: one({ op: 'remove', path: 0 }) },
  { title: 'a path without slash', document: { a: 1 }, patch: one({ op: 'remove', path: 'a' }) },
  { title: 'a URI fragment for a path', document: { a: 1 }, patch: one({ op: 'remove', path: '#/a' }) },
  { title: 'a tilde that escapes nothing', document: { '~': 1 }, patch: one({ op: 'remove', path: '/~' }) },
  { title: '~2', document: { '~2': 1 }, patch: one({ op: 'remove', path: '/~2' }) },
  { title: 'add without value', document: {}, patch: one({ op: 'add', path: '/a' }) },
  { title: 'replace without value', document: { a: 1 }, patch: one({ op: 'replace', path: '/a' }) },
  { title: 'test without value', document: { a: null }, patch: one({ op: 'test', path: '/a' }) },
  { title: 'copy without from', document: { a: 1 }, patch: one({ op: 'copy', path: '/b' }) },
  { title: 'move without from', document: { a: 1 }, patch: one({ op: 'move', path: '/b' }) },
  { title: 'remove of a member that is not there', document: {}, patch: one({ op: 'remove', path: '/a' }) },
  { title: 'remove of an inherited member', document: {}, patch: one({ op: 'remove', path: '/toString' }) },
  { title: 'replace of a member that is not there', document: {}, patch: one({ op: 'replace', path: '/a', value: 1 }) },
  { title: 'replace of an item that is not there', document: [1], patch: one({ op: 'replace', path: '/1', value: 1 }) },
  { title: 'replace at -', document: [1], patch: one({ op: 'replace', path: '/-', value: 1 }) },
  { title: 'remove at -', document: [1], patch: one({ op: 'remove', path: '/-' }) },
  { title: 'test at -', document: [1], patch: one({ op: 'test', path: '/-', value: 1 }) },
  { title: 'through -', document: [[1]], patch: one({ op: 'add', path: '/-/0', value: 1 }) },
  { title: 'add beyond the end', document: [1], patch: one({ op: 'add', path: '/2', value: 1 }) },
  { title: 'an index below 0', document: [1], patch: one({ op: 'add', path: '/-1', value: 1 }) },
  { title: 'an index with a leading zero', document: [1, 2], patch: one({ op: 'remove', path: '/01' }) },
  { title: 'an index with an exponent', document: [1, 2], patch: one({ op: 'remove', path: '/1e0' }) },
  { title: 'an index that is a fraction', document: [1, 2], patch: one({ op: 'remove', path: '/0.5' }) },
  { title: 'an index with a blank', document: [1, 2], patch: one({ op: 'remove', path: '/ 1' }) },
  { title: 'an index that is empty', document: [1], patch: one({ op: 'remove', path: '/' }) },
  { title: 'an index of 30 digits', document: [1], patch: one({ op: 'remove', path: `/${'9'.repeat(30)}` }) },
  { title: 'the length of an array is no item', document: [1], patch: one({ op: 'replace', path: '/length', value: 0 }) },
  { title: 'a letter in a text is no item', document: { a: 'text' }, patch: one({ op: 'test', path: '/a/0', value: 't' }) },
  { title: 'through a number', document: { a: 1 }, patch: one({ op: 'add', path: '/a/b', value: 1 }) },
  { title: 'through null', document: { a: null }, patch: one({ op: 'add', path: '/a/b', value: 1 }) },
  { title: 'through the prototype', document: {}, patch: one({ op: 'add', path: '/__proto__/polluted', value: true }) },
  { title: 'through the constructor', document: {}, patch: one({ op: 'add', path: '/constructor/prototype/polluted', value: true }) },
  { title: 'test of another type', document: { a: [] }, patch: one({ op: 'test', path: '/a', value: {} }) },
  { title: 'test of an object with one member less', document: { a: { b: 1, c: 2 } }, patch: one({ op: 'test', path: '/a', value: { b: 1 } }) },
  { title: 'test of an object with one member more', document: { a: { b: 1 } }, patch: one({ op: 'test', path: '/a', value: { b: 1, c: 2 } }) },
  {
    title: 'test of an array in another order',
    document: [1, 2],
    patch: one({ op: 'test', path: '', value: [2, 1] }),
  },
  {
    title: 'test of null against 0',
    document: { a: 0 },
    patch: one({ op: 'test', path: '/a', value: null }),
  },
  {
    title: 'move into itself',
    document: { a: { b: 1 } },
    patch: one({ op: 'move', from: '/a', path: '/a/b' }),
  },
  { title: 'move of an item into itself, whose place another one takes', document: [[1], [2]], patch: one({ op: 'move', from: '/0', path: '/0/0' }) },
  { title: 'move of the document', document: { a: 1 }, patch: one({ op: 'move', from: '', path: '/a' }) },
  { title: 'move of what is not there', document: {}, patch: one({ op: 'move', from: '/a', path: '/b' }) },
  { title: 'copy of what is not there', document: {}, patch: one({ op: 'copy', from: '/a', path: '/b' }) },
  { title: 'nothing is left', document: { a: 1 }, patch: one({ op: 'remove', path: '' }) },
  {
    title: 'all or nothing: the second operation fails',
    document: { a: [1] },
    patch: [
      { op: 'add', path: '/a/-', value: 2 },
      { op: 'test', path: '/a/0', value: 7 },
    ],
  },
]; // prettier-ignore
