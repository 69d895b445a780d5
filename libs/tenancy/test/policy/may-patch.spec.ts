import { describe, expect, test } from '@jest/globals';
import { compilePolicy, mayPatch, type JsonObject } from '../../src/index.ts';

const current: JsonObject = {
  settings: {
    theme: 'dark',
    digest: { hour: 7, secret: 'x' },
    cards: [{ id: 1, secret: 'x' }],
    plain: { a: 1 },
  },
};
const blocking = compilePolicy({ blocked: ['secret', 'settings.digest.deep'] });
const allowing = compilePolicy({ allowed: ['name', 'settings.theme', 'settings.digest.hour'] });
const showing = compilePolicy({});

describe('mayPatch with blocked members', () => {
  test.each<[patch: JsonObject, may: boolean]>([
    [{}, true],
    [{ theme: 'light' }, true],
    [{ theme: null }, true],
    [{ unheard: { of: [1] } }, true],
    [{ digest: { hour: 8 } }, true],
    [{ plain: null }, true],
    [{ plain: 5 }, true],
    [{ secret: 'mine' }, false],
    [{ secret: null }, false],
    [{ a: { b: [{ secret: 1 }] } }, false],
    [{ digest: { secret: 'mine' } }, false],
    [{ digest: { deep: 'mine' } }, false],
    // A patch may neither remove nor replace a member that contains a hidden one.
    [{ digest: null }, false],
    [{ digest: 'off' }, false],
    [{ digest: [] }, false],
    [{ cards: null }, false],
    [{ cards: [] }, false],
    [{ cards: { id: 2 } }, false],
  ])('a policy with blocked members permits the patch %j: %s', (patch, may) => {
    expect(mayPatch(blocking, { settings: patch }, current)).toBe(may);
  });

  test('a patch may not remove a complete object that contains a hidden member', () => {
    expect(mayPatch(blocking, { settings: null }, current)).toBe(false);
    expect(mayPatch(blocking, { settings: null }, { settings: { theme: 'dark' } })).toBe(true);
  });
});

describe('mayPatch with allowed members', () => {
  test.each<[patch: JsonObject, may: boolean]>([
    [{ theme: 'light' }, true],
    [{ theme: null }, true],
    [{ digest: { hour: null } }, true],
    [{ digest: { hour: 8, secret: 'y' } }, false],
    [{ digest: null }, false],
    [{ plain: { a: 2 } }, false],
    [{ theme: 'light', unheard: 1 }, false],
  ])('a policy with allowed members permits the patch %j: %s', (patch, may) => {
    expect(mayPatch(allowing, { settings: patch }, current)).toBe(may);
  });
});

test('a policy that hides nothing permits every patch, also of members that are named like inherited members', () => {
  const patch = JSON.parse('{"settings":{"digest":null,"constructor":{"prototype":1},"toString":null}}');
  expect(mayPatch(showing, patch as JsonObject, current)).toBe(true);
});
