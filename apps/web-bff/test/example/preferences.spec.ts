import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.world.services.services.user.faults.clear());
afterAll(() => rig.close());

const get = (query = '', user = 'alice') =>
  request(rig.service.url).get(`/api/preferences${query}`).set(rig.as(user));
const tagOf = async (query = '', user = 'alice') => (await get(query, user)).headers['etag']!;

interface Patch {
  readonly ifMatch?: string;
  readonly user?: string;
  readonly type?: string;
  readonly query?: string;
}
function patch(body: string | object, options: Patch = {}) {
  const { ifMatch, user = 'alice', type = 'application/merge-patch+json', query = '' } = options;
  const asked = request(rig.service.url).patch(`/api/preferences${query}`).set(rig.as(user)).type(type);
  if (ifMatch !== undefined) void asked.set('If-Match', ifMatch);
  return asked.send(typeof body === 'string' ? body : JSON.stringify(body));
}
const preferencesCalls = () => rig.world.services.services.user.calls()['/api/v1/users/:id/preferences']!;
const viewOf = ({ body }: { body: Record<string, unknown> }) => {
  const { _meta, ...view } = body;
  expect(_meta).toBeDefined();
  return view;
};

describe('GET /api/preferences', () => {
  test('GET /api/preferences returns the preferences as the profile shows them', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    const { preferences } = (await request(rig.service.url).get('/api/profile').set(rig.as('alice'))).body;
    expect(viewOf({ body })).toEqual(preferences);
  });

  test('a user of globex sees no preferences', async () => {
    const { status, body } = await get('', 'gina');
    expect([status, Object.keys(body)]).toEqual([200, ['_meta']]);
  });
});

describe('PATCH /api/preferences', () => {
  test('RFC 7396: PATCH changes the named members, removes a member by null, keeps the others, and returns the new state', async () => {
    const before = viewOf(await get());
    const answer = await patch(
      { theme: 'sepia', digest: { hour: 5, frequency: null }, added: [1, { a: 2 }] },
      { ifMatch: await tagOf() },
    );
    expect(answer.status).toBe(200);
    const after = { ...before, theme: 'sepia', digest: { hour: 5 }, added: [1, { a: 2 }] };
    expect(viewOf(answer)).toEqual(after);
    expect(answer.body._meta).toEqual({ complete: true, degraded: [] });
    expect(viewOf(await get())).toEqual(after);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('the ETag of the answer to PATCH is the ETag of the next read, and valid for the next write', async () => {
    const { headers } = await patch({ theme: 'one' }, { ifMatch: await tagOf() });
    expect(
      (await get().set('If-None-Match', headers['etag']!).set('Accept-Encoding', 'identity')).status,
    ).toBe(304);
    expect((await patch({ theme: 'two' }, { ifMatch: headers['etag']! })).status).toBe(200);
    expect((await get()).body.theme).toBe('two');
  });

  test.each(['application/json', 'application/merge-patch+json; charset=utf-8'])(
    'accepts a patch of type %s',
    async (type) => {
      const theme = `as ${type}`;
      expect((await patch({ theme }, { type, ifMatch: await tagOf() })).body.theme).toBe(theme);
    },
  );

  test('PATCH accepts the ETag of any content coding in If-Match', async () => {
    await patch({ long: 'x'.repeat(2_000) }, { ifMatch: '*' });
    for (const coding of ['identity', 'br', 'zstd', 'gzip']) {
      const asked = await fetch(`${rig.service.url}/api/preferences`, {
        headers: { ...rig.as('alice'), 'Accept-Encoding': coding },
      });
      const ifMatch = asked.headers.get('etag')!;
      expect(ifMatch).toMatch(coding === 'identity' ? /^"[\w-]{24}"$/ : new RegExp(`-${coding}"$`));
      expect((await patch({ coding }, { ifMatch })).status).toBe(200);
    }
    expect((await patch({ long: null }, { ifMatch: '*' })).status).toBe(200);
  });

  test('the ETag of a read with `fields` and `shape=flat` is valid for PATCH with the same query only', async () => {
    const query = '?fields=theme,digest.hour&shape=flat';
    const ifMatch = await tagOf(query);
    expect((await patch({ theme: 'x' }, { ifMatch })).status).toBe(412);
    const { status, body } = await patch({ theme: 'narrow' }, { ifMatch, query });
    expect([status, Object.keys(body)]).toEqual([200, ['theme', 'digest.hour', '_meta']]);
  });

  test('answers 428 without an upstream call when If-Match is missing', async () => {
    const before = upstreamCalls(rig.world);
    const { status, body } = await patch({ theme: 'lost' });
    expect([status, body.type]).toEqual([428, '/problems/precondition-required']);
    expect(upstreamCalls(rig.world)).toBe(before);
  });

  test('answers 412 and writes nothing when the ETag is outdated, weak, foreign or malformed', async () => {
    const stale = await tagOf();
    await patch({ theme: 'current' }, { ifMatch: stale });
    const before = preferencesCalls();
    const tags = [stale, `W/${await tagOf()}`, await tagOf('', 'bob'), '"x"', 'x', ''];
    for (const ifMatch of tags) {
      const { status, body } = await patch({ theme: 'lost' }, { ifMatch });
      expect([status, body.type]).toEqual([412, '/problems/precondition-failed']);
    }
    // Two reads for the ETags and one per rejection; no write.
    expect(preferencesCalls() - before).toBe(2 + tags.length);
    expect((await get()).body.theme).toBe('current');
  });

  test('when concurrent changes are based on one state, exactly one succeeds and the others return 412 (no lost update)', async () => {
    for (let round = 0; round < 15; round++) {
      const ifMatch = await tagOf();
      const answers = await Promise.all(
        ['a', 'b', 'c'].map((client) => patch({ winner: `${client}${round}`, [client]: round }, { ifMatch })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
      const won = answers.find(({ status }) => status === 200)!;
      expect(viewOf(await get())).toEqual(viewOf(won));
    }
  });
});

describe('rejected content', () => {
  test.each([
    [{ ssn: '1' }],
    [{ ssn: null }],
    [{ theme: 'lost', digest: { deep: [{ internal_notes: 'x' }] } }],
  ])('PATCH with %j is answered with 422 and not written, because acme blocks the member', async (body) => {
    const ifMatch = await tagOf();
    const state = (await get()).text;
    const before = preferencesCalls();
    const answer = await patch(body, { ifMatch });
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/unprocessable']);
    expect(preferencesCalls() - before).toBe(0);
    expect((await get()).text).toBe(state);
  });

  test.each([[{ theme: 'x' }], [{ name: 'x' }], [{ orders: [{ id: 'x' }] }], [{ theme: null }]])(
    'PATCH with %j is answered with 422 and not written, because globex allows no preferences',
    async (body) => {
      const before = preferencesCalls();
      const { status } = await patch(body, { ifMatch: '*', user: 'gina' });
      expect(status).toBe(422);
      expect(preferencesCalls() - before).toBe(0);
    },
  );

  test.each([
    ['[]', 422],
    ['null', 422],
    ['"text"', 422],
    ['5', 422],
    ['{"_meta":{}}', 422],
    ['', 400],
    ['{', 400],
    ['{"a":1}{', 400],
    ['{"a":'.repeat(17) + '1' + '}'.repeat(17), 400],
  ])('PATCH with the body %s is answered with %i, without an upstream call', async (body, status) => {
    const before = upstreamCalls(rig.world);
    expect((await patch(body, { ifMatch: '*' })).status).toBe(status);
    expect(upstreamCalls(rig.world)).toBe(before);
  });

  test.each(['text/plain', 'application/json-patch+json', 'application/x-www-form-urlencoded'])(
    'PATCH with the media type %s is answered with 415 and Accept-Patch, without an upstream call',
    async (type) => {
      const before = upstreamCalls(rig.world);
      const { status, headers } = await patch('{}', { ifMatch: '*', type });
      expect(status).toBe(415);
      expect(headers['accept-patch']).toBe('application/merge-patch+json, application/json');
      expect(upstreamCalls(rig.world)).toBe(before);
    },
  );

  test('preferences with the names of prototype members (constructor, toString) are stored like all others', async () => {
    const body = '{"constructor":{"prototype":{"polluted":1}},"toString":"x"}';
    const { status } = await patch(body, { ifMatch: '*' });
    expect(status).toBe(200);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((await get()).body.constructor).toEqual({ prototype: { polluted: 1 } });
    expect((await patch('{"constructor":null,"toString":null}', { ifMatch: '*' })).status).toBe(200);
  });
});

describe('outages of the upstream', () => {
  test.each([
    [{ kind: 'error', status: 409 }, 409, 'conflict'],
    [{ kind: 'error', status: 422 }, 422, 'unprocessable'],
    [{ kind: 'error', status: 401 }, 502, 'upstream-failed'],
    [{ kind: 'error', status: 404 }, 404, 'not-found'],
    [{ kind: 'error', status: 429 }, 503, 'unavailable'],
    [{ kind: 'error', status: 500 }, 502, 'upstream-failed'],
    [{ kind: 'wrong-type' }, 502, 'upstream-failed'],
    [{ kind: 'hang' }, 504, 'upstream-timeout'],
  ] as const)(
    'PATCH with the fault %j of the upstream is answered with %i %s',
    async (fault, status, type) => {
      const ifMatch = await tagOf();
      rig.world.services.services.user.faults.set({ route: '/api/v1/users/:id/preferences', ...fault });
      const answer = await patch({ theme: 'x' }, { ifMatch });
      expect([answer.status, answer.body.type]).toEqual([status, `/problems/${type}`]);
      expect(answer.text).not.toContain('must not');
    },
    10_000,
  );
});
