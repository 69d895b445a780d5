import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, createDiffSync, type JsonObject } from '../../src/index.ts';
import { anyView } from '../json-arbitrary.ts';
import { createWorld, delta, full, hour, item, key, received, t1, t2, tag, thing } from '../world.ts';

const digestOf = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64');

const viewOf = (view: JsonObject) => ({ view, json: canonicalJson(view) });
const notModified = (token: string | undefined, view: JsonObject) => ({
  kind: 'not-modified',
  token,
  json: canonicalJson(view),
});

describe('S1 a 304 needs no store', () => {
  test.each(['down', 'hanging'] as const)('a 304 is sent when the store is %s', async (state) => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(thing()));
    watched.state = state;
    expect(await ask(thing(), { ifNoneMatch: tag(token) })).toEqual(notModified(token, thing()));
  });

  test('a 304 is sent when the store was wiped and another replica answers', async () => {
    const { ask, watched, replica } = createWorld();
    const { token } = full(await ask(thing()));
    watched.wipe();
    expect(await ask(thing(), { ifNoneMatch: tag(token) }, replica())).toEqual(notModified(token, thing()));
  });

  test('a 304 is sent when members are in another order, because the view is the same', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask({ a: 1, b: { c: 2, d: 3 } }));
    expect(await ask({ b: { d: 3, c: 2 }, a: 1 }, { ifNoneMatch: tag(token) })).toMatchObject({
      kind: 'not-modified',
    });
  });

  test('a 304 is sent to a client that accepts no patches, and the store is not called', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(thing(), { aIm: undefined }));
    expect(await ask(thing(), { aIm: undefined, ifNoneMatch: tag(token) })).toEqual(
      notModified(token, thing()),
    );
    expect(full(await ask(thing({ title: 'New' }), { aIm: undefined, ifNoneMatch: tag(token) }))).toEqual({
      kind: 'full',
      token: expect.not.stringMatching(token!),
      ...viewOf(thing({ title: 'New' })),
      kept: [],
    });
    expect(watched.calls).toEqual([]);
  });

  test('a 304 is sent when a token was made with an older key, and the answer has the new token', async () => {
    const { ask, replica } = createWorld();
    const { token } = full(await ask(thing()));
    const rotated = replica({ keys: [key('b'), key('a')] });
    const answer = await ask(thing(), { ifNoneMatch: tag(token) }, rotated);
    expect(answer).toEqual({ ...notModified(token, thing()), token: expect.not.stringMatching(token!) });
    // The view is stored under the new token.
    const next = await ask(
      thing({ title: 'New' }),
      { ifNoneMatch: tag((answer as { token: string }).token) },
      rotated,
    );
    expect(delta(next).patch).toHaveLength(1);
  });

  test('a 304 is sent when the client sends If-None-Match: *', async () => {
    const { ask } = createWorld();
    expect(await ask(thing(), { ifNoneMatch: ' * ' })).toMatchObject({ kind: 'not-modified' });
  });
});

describe('S2 a patch instead of the view', () => {
  test('a patch names its base and the resulting token, with a digest of the result', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing()));
    const changed = thing({
      things_count: 4,
      things: [item('o4'), item('o1'), item('o2'), item('o3')],
    });
    const answer = delta(await ask(changed, { ifNoneMatch: tag(token) }));
    expect(answer).toMatchObject({
      base: token,
      token: full(await ask(changed)).token,
      kept: [],
      patch: [
        { op: 'add', path: '/things/0', value: item('o4') },
        { op: 'replace', path: '/things_count', value: 4 },
      ],
      digest: await digestOf(canonicalJson(changed)),
      json: canonicalJson(changed),
    });
    expect(received(thing(), answer)).toEqual(changed);
  });

  test('a patch is never longer than the view', async () => {
    const { ask } = createWorld();
    await fc.assert(
      fc.asyncProperty(anyView, anyView, async (before, after) => {
        const { token } = full(await ask(before, { resource: '/a' }));
        const answer = await ask(after, { resource: '/a', ifNoneMatch: tag(token) });
        expect(canonicalJson(received(before, answer))).toBe(canonicalJson(after));
        if (answer.kind === 'delta')
          expect(Buffer.byteLength(answer.body)).toBeLessThan(Buffer.byteLength(JSON.stringify(after)));
      }),
      { numRuns: 200 },
    );
  });

  test('when everything changed, the complete view is sent without a reset, because the base was valid', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask({ a: 1, b: 2 }));
    const answer = full(await ask({ c: 1, d: 2 }, { ifNoneMatch: tag(token) }));
    expect(answer).toEqual({ kind: 'full', token: expect.any(String), ...viewOf({ c: 1, d: 2 }), kept: [] });
  });

  test('a patch starts from the first of several named bases that exists', async () => {
    const { ask } = createWorld();
    const { token: first } = full(await ask(thing()));
    const { token: second } = full(await ask(thing({ title: 'New' })));
    const strange = 'x'.repeat(24);
    const answer = await ask(thing({ title: 'Newer' }), { ifNoneMatch: tag(strange, second, first) });
    expect(delta(answer).base).toBe(second);
  });

  test('neither the view of a sync answer nor its token includes _meta', async () => {
    const { ask } = createWorld();
    const { token, view } = full(await ask({ ...thing(), _meta: { etag: 'x' } }));
    expect(view).toEqual(thing());
    expect(await ask(thing(), { ifNoneMatch: tag(token) })).toMatchObject({ kind: 'not-modified' });
  });

  test.each([
    ['a lone surrogate', { title: 'a\ud800', more: 'x'.repeat(99) }],
    ['a number that is not finite', { name: NaN }],
  ])(
    'a view with %s, which has no canonical form, is sent completely and without a token',
    async (_, view) => {
      const { ask, watched } = createWorld();
      expect(await ask(view, { ifNoneMatch: tag('x'.repeat(24)) })).toEqual({ kind: 'full', view, kept: [] });
      expect(watched.calls).toEqual([]);
    },
  );

  test('a view nested 20,000 levels deep is sent completely or as 304, and never as a patch', async () => {
    const { ask } = createWorld();
    const deep = (leaf: number) => JSON.parse(`${'{"a":'.repeat(20_000)}${leaf}${'}'.repeat(20_000)}`);
    const { token } = full(await ask(deep(1)));
    expect((await ask(deep(2), { ifNoneMatch: tag(token) })).kind).toBe('full');
    expect((await ask(deep(1), { ifNoneMatch: tag(token) })).kind).toBe('not-modified');
  });
});

describe('S3 an unusable token gets a complete answer with the reason', () => {
  const anything = () => randomBytes(18).toString('base64url');

  test.each([
    ['random', () => tag(anything()), 'unknown'],
    ['one of 50 random tokens', () => tag(...Array.from({ length: 50 }, anything)), 'unknown'],
    ['one of 5,000 random tokens', () => tag(...Array.from({ length: 5_000 }, anything)), 'unknown'],
    ['8 KB long', () => tag('x'.repeat(8_192)), 'malformed'],
    [
      'preceded by 8 KB of other tokens',
      (token: string) => `${tag(...Array.from({ length: 310 }, anything))}, ${tag(token)}`,
      'unknown',
    ],
    ['truncated', (token: string) => tag(token.slice(0, -1)), 'malformed'],
    ['too long', (token: string) => tag(`${token}A`), 'malformed'],
    ['without quotes', (token: string) => token, 'malformed'],
    ['an entity tag of another server', () => 'W/"33a64df551425fcc55e4d42a148795d9f25f89d4"', 'malformed'],
    ['garbage', () => '\u0000"";;,,,"\u00ff', 'malformed'],
  ])('the answer is complete when the token is %s', async (_, header, reset) => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing()));
    const view = thing({ title: 'New' });
    const answer = await ask(view, { ifNoneMatch: header(token!) });
    expect(answer).toEqual({ kind: 'full', token: expect.any(String), ...viewOf(view), reset, kept: [] });
  });

  test.each([
    ['another user', { subject: 'subject-u2' }],
    ['another tenant', { tenant: t2 }],
    ['another screen', { resource: '/api/other' }],
    ['another variant', { variant: 'mobile/thing/2' }],
    ['another device of the user, where each device has its own limit', { device: 'tablet' }],
  ])('the answer is complete when the token belongs to %s', async (_, other) => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing(), other));
    expect(full(await ask(thing({ title: 'New' }), { ifNoneMatch: tag(token) })).reset).toBe('unknown');
  });

  test('the answer is complete when the base of the token has expired', async () => {
    const { ask, clock } = createWorld();
    const { token } = full(await ask(thing()));
    clock.pass(hour);
    expect(full(await ask(thing({ title: 'New' }), { ifNoneMatch: tag(token) })).reset).toBe('unknown');
  });

  test('the answer is complete when the store was wiped', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(thing()));
    watched.wipe();
    expect(full(await ask(thing({ title: 'New' }), { ifNoneMatch: tag(token) })).reset).toBe('unknown');
  });

  test('the answer is complete when the key of the token is retired', async () => {
    const { ask, replica } = createWorld();
    const { token } = full(await ask(thing()));
    const rotated = replica({ keys: [key('c'), key('b')] });
    expect(full(await ask(thing(), { ifNoneMatch: tag(token) }, rotated)).reset).toBe('unusable');
  });

  test.each([
    ['cannot be inflated', Buffer.from('garbage')],
    ['is empty', Buffer.alloc(0)],
    ['was forged by somebody without a key', deflateRawSync('2:v1{"title":"Forged"}')],
    ['is a decompression bomb', deflateRawSync(Buffer.alloc(50_000_000))],
  ])('the answer is complete when the base %s', async (_, bytes) => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(thing()));
    await watched.damage(bytes);
    expect(full(await ask(thing({ title: 'New' }), { ifNoneMatch: tag(token) })).reset).toBe('unusable');
    // The damaged record was removed, so the same view is stored again.
    await ask(thing());
    expect(delta(await ask(thing({ title: 'New' }), { ifNoneMatch: tag(token) })).patch).toHaveLength(1);
  });

  test('the answer is complete when the store is down, and never an error', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(thing()));
    watched.state = 'down';
    const view = thing({ title: 'New' });
    const answer = full(await ask(view, { ifNoneMatch: tag(token) }));
    expect(answer).toEqual({
      kind: 'full',
      token: expect.any(String),
      ...viewOf(view),
      reset: 'unavailable',
      kept: [],
    });
    expect(full(await ask(view))).toMatchObject({ token: answer.token });
  });

  test('of many unusable tokens in a request, at most 8 are looked up in the store', async () => {
    const { ask, watched } = createWorld();
    await ask(thing(), { ifNoneMatch: tag(...Array.from({ length: 50 }, anything)) });
    expect(watched.calls.filter(({ method }) => method === 'get')).toHaveLength(8);
  });

  test('the answer to a request without a token has no reset reason', async () => {
    const { ask } = createWorld();
    for (const ifNoneMatch of [undefined, '', ' '])
      expect(full(await ask(thing(), { ifNoneMatch }))).not.toHaveProperty('reset');
    expect(full(await ask(thing(), { aIm: 'gzip', ifNoneMatch: tag(anything()) }))).not.toHaveProperty(
      'reset',
    );
  });

  test('createDiffSync throws when a key is too short or no key is given', () => {
    const { watched } = createWorld();
    for (const keys of [[Buffer.alloc(31)], [key('a'), Buffer.alloc(16)], []])
      expect(() => createDiffSync({ store: watched.store, keys: keys as never, baseTtlMs: 1 })).toThrow(
        TypeError,
      );
  });
});

describe('S4 a read changes nothing for other devices', () => {
  test('the same request to two replicas gives the same patch', async () => {
    const { ask, replica } = createWorld();
    const { token } = full(await ask(thing()));
    const view = thing({ things: [item('o3', 'paid'), item('o1')] });
    const once = await ask(view, { ifNoneMatch: tag(token) });
    expect(once.kind).toBe('delta');
    expect(await ask(view, { ifNoneMatch: tag(token) })).toEqual(once);
    expect(await ask(view, { ifNoneMatch: tag(token) }, replica())).toEqual(once);
  });

  test('a device that was offline gets its patch, whatever another device read meanwhile', async () => {
    const { ask } = createWorld();
    const { token: slept } = full(await ask(thing()));
    let awake = slept;
    for (const things_count of [4, 5, 6])
      awake = delta(await ask(thing({ things_count }), { ifNoneMatch: tag(awake) })).token;
    const now = thing({ things_count: 6, title: 'New' });
    const [late, early] = [
      await ask(now, { ifNoneMatch: tag(slept) }),
      await ask(now, { ifNoneMatch: tag(awake) }),
    ];
    expect(delta(late).patch).toHaveLength(2);
    expect(delta(early).patch).toHaveLength(1);
    expect(received(thing(), late)).toEqual(now);
    expect(delta(late).token).toBe(delta(early).token);
  });

  test('when devices have separate limits, one device cannot evict the sync bases of another device', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing(), { device: 'phone' }));
    for (let count = 10; count < 30; count++) await ask(thing({ count }), { device: 'watch' });
    expect((await ask(thing({ title: 'New' }), { device: 'phone', ifNoneMatch: tag(token) })).kind).toBe(
      'delta',
    );
  });
});

describe('S7 a change of policy', () => {
  const before = {
    ...thing(),
    ssn: '123-45-6789',
    things: [{ ...item('o1'), internal_notes: 'a hidden note' }],
  };
  const after = { ...thing(), things: [item('o1')] };

  test('after a change of policy, the patch removes the members that are blocked now, and their values appear nowhere', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(before));
    const answer = delta(await ask(after, { policyVersion: 'v2', ifNoneMatch: tag(token) }));
    expect(answer.patch).toEqual([
      { op: 'remove', path: '/ssn' },
      { op: 'remove', path: '/things/0/internal_notes' },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/123-45|hidden note/);
    expect(received(before, answer)).toEqual(after);
  });

  test('after a change of policy, a token of the former version gets no 304, even for the same view', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(after));
    const answer = delta(await ask(after, { policyVersion: 'v2', ifNoneMatch: tag(token) }));
    expect(answer.patch).toEqual([]);
    expect(answer.token).not.toBe(token);
  });

  test('after a change of policy, members of a base under the former policy are not carried over', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(before));
    const degraded = { ...after, things: [] };
    const more = { policyVersion: 'v2', ifNoneMatch: tag(token), degradedFields: ['things'] };
    const writes = watched.baseKeys().length;
    expect(full(await ask(degraded, more))).toEqual({
      kind: 'full',
      ...viewOf(degraded),
      kept: ['things'],
      reset: 'policy-changed',
    });
    expect(watched.baseKeys()).toHaveLength(writes);
  });

  test.each([
    ['of which the policy hides a part is not kept', ['things'], ['things'], []],
    ['of which the policy hides no part is kept', ['title', 'things'], ['things'], ['title']],
    ['that the base does not contain is kept as well', ['nowhere', 'things'], ['things'], ['nowhere']],
    [
      'is kept when nothing is fresh, unless the policy hides a part of the member',
      'all',
      ['things', 'ssn'],
      'the others',
    ],
  ] as const)('F42 under a new policy, a degraded member %s', async (_, degraded, hides, expected) => {
    const { ask } = createWorld();
    const { token } = full(await ask(before));
    const visible = (earlier: JsonObject) =>
      Object.fromEntries(
        Object.entries(earlier).filter(([name]) => !(hides as readonly string[]).includes(name)),
      );
    const more = { policyVersion: 'v2', ifNoneMatch: tag(token), degradedFields: degraded, visible };
    const { kept, reset } = full(await ask(after, more as never));
    const others = Object.keys(before).filter((name) => !(hides as readonly string[]).includes(name));
    expect(reset).toBe('policy-changed');
    expect([...kept].sort()).toEqual(expected === 'the others' ? others.sort() : expected);
  });

  test.each([
    ['the current policy', 'v1', { kept: ['things'], reset: 'unknown' }],
    ['an earlier policy', 'v2', { kept: [], reset: 'policy-changed' }],
  ])(
    'F42 when the base is lost and the token was issued under %s, degraded members are kept only under the same policy',
    async (_, policyVersion, expected) => {
      const { ask, watched } = createWorld();
      const { token } = full(await ask(before));
      watched.wipe();
      const more = { policyVersion, ifNoneMatch: tag(token) };
      expect(full(await ask(after, { ...more, degradedFields: ['things'] }))).toMatchObject(expected);
      const { kept, reset } = full(await ask(after, { ...more, degradedFields: 'all' }));
      expect([kept, reset]).toEqual([[], expected.reset]);
    },
  );

  test('F42 under a policy that cannot filter the base, because it is nested too deeply, no member is kept', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(before));
    const visible = () => {
      throw new Error('nested too deeply');
    };
    const more = { policyVersion: 'v2', ifNoneMatch: tag(token), degradedFields: ['things'], visible };
    const { kept, reset } = full(await ask(after, more));
    expect([kept, reset]).toEqual([[], 'policy-changed']);
  });
});

describe('S8 a token is useless to other users', () => {
  test.each([
    ['another user', { subject: 'subject-u2' }],
    ['another tenant', { tenant: t2 }],
    ['another version of the tenant', { policyVersion: 'v2' }],
    ['another screen', { resource: '/api/other' }],
    ['another variant', { variant: 'mobile/thing/2' }],
    [
      'a resource and a variant with the same concatenation',
      { resource: '/api/thin', variant: 'gmobile/thing/1' },
    ],
  ])('a token that was issued for another scope gets no 304 for the same view: %s', async (_, other) => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing()));
    expect((await ask(thing(), { ifNoneMatch: tag(token) })).kind).toBe('not-modified');
    const answer = await ask(thing(), { ...other, ifNoneMatch: tag(token) });
    expect(answer.kind).not.toBe('not-modified');
    expect((answer as { token: string }).token).not.toBe(token);
  });

  test('the tokens of one view differ between keys, so that a token cannot be guessed without the key', async () => {
    const { ask, replica } = createWorld();
    const { token } = full(await ask(thing()));
    const other = full(await ask(thing(), {}, replica({ keys: [key('b')] })));
    expect(other.token).toMatch(/^[\w-]{24}$/);
    expect(other.token).not.toBe(token);
  });
});

/** A token of the current policy, of which no base is stored. */
const unknownToken = `${'x'.repeat(20)}${createHash('sha256').update('v1').digest('base64url').slice(0, 4)}`;

describe('S9 a degraded source removes nothing', () => {
  const fallback = (more = {}) => thing({ things: [], ...more });
  const degradedFields = ['things'];

  test('the member of a degraded source is carried over from the base, and the other members are fresh', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing()));
    const answer = delta(await ask(fallback({ title: 'New' }), { degradedFields, ifNoneMatch: tag(token) }));
    expect(answer.patch).toEqual([{ op: 'replace', path: '/title', value: 'New' }]);
    expect(answer.kept).toEqual(['things']);
    // The token of the device's view: when the source recovers with the same value, the answer is 304.
    expect(await ask(thing({ title: 'New' }), { ifNoneMatch: tag(answer.token) })).toMatchObject({
      kind: 'not-modified',
    });
    // When the source recovers with another value, the answer is a patch of that member.
    const back = delta(
      await ask(thing({ title: 'New', things: [item('o1')] }), { ifNoneMatch: tag(answer.token) }),
    );
    expect(back).toMatchObject({ kept: [], patch: [{ path: '/things/2' }, { path: '/things/1' }] });
  });

  test('when a source is degraded and nothing else changed, the answer is an empty patch that names the degraded members, and not a 304', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing()));
    const answer = await ask(fallback(), { degradedFields, ifNoneMatch: tag(token) });
    expect(answer).toMatchObject({ kind: 'delta', base: token, token, body: '[]', kept: ['things'] });
  });

  test("when the fallback of a degraded source equals the device's value, the answer is still marked as degraded", async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(fallback()));
    const answer = await ask(fallback(), { degradedFields, ifNoneMatch: tag(token) });
    expect(answer).toMatchObject({ kind: 'delta', token, body: '[]', kept: ['things'] });
  });

  test('a degraded member that the device does not have stays absent', async () => {
    const { ask } = createWorld();
    const without = thing();
    const { token } = full(await ask(without));
    const answer = await ask(thing({ changed_at: null }), {
      degradedFields: ['changed_at'],
      ifNoneMatch: tag(token),
    });
    expect(received(without, answer)).toEqual(without);
  });

  test.each([
    ['a source is degraded and no base was named', undefined, undefined],
    ['a source is degraded and the base is unknown', tag(unknownToken), 'unknown'],
    ['a source is degraded and the client sends If-None-Match: *', '*', undefined],
  ])(
    'when %s, the answer is complete, without a token or a stored base, and lists the members to keep',
    async (_, ifNoneMatch, reset) => {
      const { ask, watched } = createWorld();
      const answer = await ask(fallback(), { degradedFields, ifNoneMatch });
      expect(answer).toEqual({
        kind: 'full',
        ...viewOf(fallback()),
        kept: ['things'],
        ...(reset && { reset }),
      });
      expect(watched.baseKeys()).toEqual([]);
    },
  );

  test('a client that accepts no patches gets the complete degraded view, and never a 304', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(fallback(), { aIm: undefined }));
    expect(await ask(fallback(), { aIm: undefined, degradedFields, ifNoneMatch: tag(token) })).toEqual({
      kind: 'full',
      ...viewOf(fallback()),
      kept: ['things'],
    });
  });

  test('when a source is degraded and the patch is longer than the view, the answer is complete and without a token', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask({ a: 1, b: [1] }));
    const answer = await ask({ c: 2, b: [] }, { degradedFields: ['b'], ifNoneMatch: tag(token) });
    expect(answer).toEqual({ kind: 'full', ...viewOf({ c: 2, b: [] }), kept: ['b'] });
  });

  test('a degraded member that neither the base nor the answer has is not listed as kept', async () => {
    const { ask } = createWorld();
    const { token } = full(await ask(thing()));
    const degraded = { degradedFields: ['changed_at', 'things'], ifNoneMatch: tag(token) };
    expect(delta(await ask(fallback(), degraded)).kept).toEqual(['things']);
  });

  test('when every source is degraded, the device keeps all its members, whichever they are', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(thing()));
    const nothingFresh = { degradedFields: 'all', ifNoneMatch: tag(token) } as const;
    const answer = await ask({ things: [], more: 1 }, nothingFresh);
    expect(answer).toMatchObject({ kind: 'delta', base: token, token, body: '[]' });
    expect(answer).toMatchObject({ kept: Object.keys(thing()).sort() });

    watched.wipe();
    const stale = { things: [] };
    expect(await ask(stale, nothingFresh)).toEqual({
      kind: 'full',
      ...viewOf(stale),
      kept: [],
      reset: 'unknown',
    });
  });
});

test('S5 each array that is replaced completely is reported by its pattern, and no other array is reported', async () => {
  const told: string[] = [];
  const { ask } = createWorld({
    onReplacedArray: ({ resource }, pattern) => void told.push(`${resource} ${pattern}`),
  });
  const lists = (version: number) => ({
    things: [{ id: 'a', lines: [{ sku: 'x', version }] }],
    steady: [{ sku: 'y' }],
    tags: ['one', 'two'].slice(version - 1),
    text: 'x'.repeat(500),
  });
  const { token } = full(await ask(lists(1), { resource: 'r' }));
  expect((await ask(lists(2), { resource: 'r', ifNoneMatch: tag(token) })).kind).toBe('delta');
  expect(told).toEqual(['r /things/*/lines']);
});

test('S10 the sync bases of selections evict no base of the complete view, however many selections there are', async () => {
  const { ask, watched } = createWorld();
  const whole = full(await ask(thing()));
  for (let index = 0; index < 20; index++) await ask(thing(), { selection: `title,m${index}` });
  expect(await watched.liveBases()).toHaveLength(9);
  const changed = thing({ title: 'Other' });
  expect((await ask(changed, { ifNoneMatch: tag(whole.token) })).kind).toBe('delta');
});

test('S10 selections of a resource have separate tokens, and share the limit of sync bases', async () => {
  const { ask, watched } = createWorld();
  const same = { title: 'First' };
  const tokens = new Set<string | undefined>();
  for (let index = 0; index < 20; index++)
    tokens.add(full(await ask(same, { selection: `title,m${index}` })).token);
  expect(tokens.size).toBe(20);
  expect(await watched.liveBases()).toHaveLength(8);
  const last = { selection: 'title,m19', ifNoneMatch: tag([...tokens].at(-1)) };
  expect((await ask(same, last)).kind).toBe('not-modified');
  expect(full(await ask(same, { ...last, selection: 'title' })).reset).toBe('unusable');
});

test('tenants share no sync base in the store', async () => {
  const { ask, watched } = createWorld();
  await ask(thing());
  await ask(thing(), { tenant: t2 });
  const [first, second] = watched.baseKeys();
  expect([first, second]).toEqual([
    expect.stringMatching(`^{${t1}}:sync:`),
    expect.stringMatching(/^{t2}:sync:/),
  ]);
  expect(first).not.toMatch(/subject-u1|thing/);
});
