import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoService, type DemoService } from '../../src/index.ts';
import type { Preferences, User } from '../../src/data/models.ts';
import { seedPreferences, seedUser } from '../../src/data/seed.ts';
import { call, type As } from '../caller.ts';

let service: DemoService;
beforeAll(async () => void (service = await startDemoService('user-service')));
afterAll(() => service.close());

const path = '/api/v1/users/bob/preferences';
const bob: As = { sub: 'bob' };
const mergePatchType = 'application/merge-patch+json';
const read = (of: As = bob) => call<Preferences>(service, `/api/v1/users/${of.sub}/preferences`, of);
const patch = (body: string, headers: Record<string, string>, of: As = bob) =>
  call<Preferences>(service, `/api/v1/users/${of.sub}/preferences`, of, {
    method: 'PATCH',
    body,
    headers: { 'Content-Type': mergePatchType, ...headers },
  });
const etag = async (of: As = bob): Promise<string> => (await read(of)).headers.get('etag') ?? '';

describe('GET /api/v1/users/:id', () => {
  test('reading a user returns every member of the user, and no other member', async () => {
    const { status, headers, body } = await call<User>(service, '/api/v1/users/alice');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toEqual(seedUser('acme', 'alice'));
    expect(Object.keys(body)).toEqual([
      'id',
      'name',
      'email',
      'avatar_url',
      'last_login',
      'locale',
      'phone',
      'ssn',
      'internal_notes',
      'created_at',
    ]);
  });

  test('T1 the same id in two tenants denotes two users', async () => {
    const acme = await call<User>(service, '/api/v1/users/max', { sub: 'max', tid: 'acme' });
    const globex = await call<User>(service, '/api/v1/users/max', { sub: 'max', tid: 'globex' });
    expect([acme.body.email, globex.body.email]).toEqual(['max@acme.example', 'max@globex.example']);
    expect([acme.body.ssn, globex.body.ssn]).toEqual([
      expect.stringMatching(/^ACME-SSN-/),
      expect.stringMatching(/^GLOBEX-SSN-/),
    ]);
  });

  test.each([['nobody'], ['gina'], ['%00'], ["x' OR '1'='1"]])(
    'reading the user %s, who is not in this tenant, gets 404',
    async (id) => {
      const { status, headers, body } = await call(service, `/api/v1/users/${id}`, { roles: ['partner'] });
      expect(status).toBe(404);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(body).toMatchObject({ type: '/problems/not-found', status: 404 });
    },
  );

  test('reading a user whose id cannot be decoded gets 400', async () => {
    expect((await call(service, '/api/v1/users/%E0%A4%A')).status).toBe(400);
  });
});

describe('GET /api/v1/users/:id/preferences', () => {
  test('reading preferences returns a strong ETag, which is stable while the preferences do not change', async () => {
    const [first, second] = [await read({ sub: 'max' }), await read({ sub: 'max' })];
    expect(first.body).toEqual(seedPreferences('acme', 'max'));
    expect(first.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  test('a read for a user of another tenant gets 404', async () => {
    const { status } = await call(service, '/api/v1/users/gina/preferences', { sub: 'gina', tid: 'acme' });
    expect(status).toBe(404);
  });
});

describe('PATCH /api/v1/users/:id/preferences', () => {
  test('PATCH merges the change, returns the new state with its ETag, and leaves another tenant unchanged', async () => {
    const other = await read({ sub: 'bob', tid: 'globex' });
    const before = await read();
    const change = { theme: 'neon', digest: { hour: 7 }, nickname: null, flags: { beta: true } };
    const after = await patch(JSON.stringify(change), { 'If-Match': before.headers.get('etag') ?? '' });
    expect(after.status).toBe(200);
    const expected: Record<string, unknown> = { ...before.body, theme: 'neon', flags: { beta: true } };
    expected['digest'] = { ...(before.body['digest'] as object), hour: 7 };
    delete expected['nickname'];
    expect(after.body).toEqual(expected);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(await read()).toMatchObject({ body: after.body });
    expect(await etag()).toBe(after.headers.get('etag'));
    expect((await read({ sub: 'bob', tid: 'globex' })).body).toEqual(other.body);
  });

  test('the second of two writers of one version gets 412, and its change is not applied', async () => {
    const seen = await etag();
    expect((await patch('{"theme":"first"}', { 'If-Match': seen })).status).toBe(200);
    const second = await patch('{"theme":"second"}', { 'If-Match': seen });
    expect(second).toMatchObject({ status: 412, body: { type: '/problems/precondition-failed' } });
    expect((await read()).body['theme']).toBe('first');
  });

  test('a value that was changed and changed back has another ETag than before', async () => {
    const seen = await etag();
    const { theme } = (await read()).body;
    await patch('{"theme":"away"}', { 'If-Match': '*' });
    await patch(JSON.stringify({ theme }), { 'If-Match': '*' });
    expect((await patch('{}', { 'If-Match': seen })).status).toBe(412);
  });

  test.each([
    ['no If-Match', 428, '{}', {}],
    ['an unknown tag', 412, '{}', { 'If-Match': '"nope"' }],
    ['If-Match without quotes', 412, '{}', { 'If-Match': 'nope' }],
    ['plain JSON', 415, '{}', { 'If-Match': '*', 'Content-Type': 'application/json' }],
    ['a JSON patch', 415, '[]', { 'If-Match': '*', 'Content-Type': 'application/json-patch+json' }],
    ['a body that is not JSON', 400, '{', { 'If-Match': '*' }],
    ['an empty body', 400, '', { 'If-Match': '*' }],
    ['a patch that would replace the object', 422, '[1]', { 'If-Match': '*' }],
    ['the body null', 422, 'null', { 'If-Match': '*' }],
    ['a body of more than 16 KB', 413, JSON.stringify({ a: 'x'.repeat(500_000) }), { 'If-Match': '*' }],
  ])('PATCH with %s gets %i and changes nothing', async (_case, status, body, headers) => {
    const before = await etag();
    const answer = await patch(body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await etag()).toBe(before);
  });

  test('PATCH with a weak form of the current ETag gets 412', async () => {
    expect((await patch('{}', { 'If-Match': `W/${await etag()}` })).status).toBe(412);
  });

  test('PATCH accepts If-Match with several tags of which one matches, and ignores parameters of the media type', async () => {
    const headers = {
      'If-Match': `"a", ${await etag()}`,
      'Content-Type': `${mergePatchType}; charset=utf-8`,
    };
    expect((await patch('{}', headers)).status).toBe(200);
  });

  test('a repeated write with the same Idempotency-Key gets the first answer, and a different change is rejected', async () => {
    const headers = { 'If-Match': await etag(), 'Idempotency-Key': 'k-1' };
    const first = await patch('{"theme":"once"}', headers);
    const again = await patch('{"theme":"once"}', headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await etag()).toBe(first.headers.get('etag'));
    expect((await patch('{"theme":"twice"}', headers)).status).toBe(422);
    expect((await read()).body['theme']).toBe('once');
  });

  test('the Idempotency-Key of a failed write can be used again, and keys are separate per user', async () => {
    const key = { 'Idempotency-Key': 'k-2' };
    expect((await patch('{"theme":"late"}', { ...key, 'If-Match': '"stale"' })).status).toBe(412);
    expect((await patch('{"theme":"late"}', { ...key, 'If-Match': await etag() })).status).toBe(200);
    const max: As = { sub: 'max' };
    expect(
      (await patch('{"theme":"mine"}', { ...key, 'If-Match': await etag(max) }, max)).body['theme'],
    ).toBe('mine');
  });

  test('changing another user’s preferences gets 403, except for a partner', async () => {
    const init = {
      method: 'PATCH',
      body: '{}',
      headers: { 'Content-Type': mergePatchType, 'If-Match': '*' },
    };
    expect((await call(service, path, { sub: 'alice' }, init)).status).toBe(403);
    expect((await call(service, path, { sub: 'acme-erp', roles: ['partner'] }, init)).status).toBe(200);
  });
});

test.each([
  ['POST', '/api/v1/users/alice', 405, 'GET'],
  ['DELETE', path, 405, 'GET, PATCH, PUT'],
  ['GET', '/api/v1/users', 404, null],
  ['GET', '/api/v1/users/alice/orders', 404, null],
  ['GET', '//', 404, null],
])('the unsupported request %s %s gets %i', async (method, target, status, allow) => {
  const answer = await call(service, target, {}, { method });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('allow')).toBe(allow);
});
