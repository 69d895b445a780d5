import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loginToMobileBff } from '@bff/demo-world';
import { canonicalJson } from '@bff/diff-sync';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { startRig, type Rig } from '../../rig.ts';
import { keysOf, redisCli } from './redis-cli.ts';
import { ask, having, patched, patchOf, tagOf, viewOf, type Answered } from './sync.ts';
import { firstTruth, notification, order, startUpstreams, type Truth, type Upstreams } from './upstreams.ts';

/** Two instances with a real Redis, in front of services whose data each test sets. */
let redis: TestRedis;
let upstreams: Upstreams;
let rig: Rig;
let one: string;
let other: string;
let tablet: Record<string, string>;
let phone: Record<string, string>;
let truth: Truth;
beforeAll(async () => {
  [redis, upstreams] = await Promise.all([startRedis(), startUpstreams()]);
  rig = await startRig({ REDIS_URL: redis.url, ...upstreams.env });
  [one, other] = [rig.service.url, (await rig.replica()).url];
  [phone, tablet] = [await login('alice'), await login('alice')];
  truth = upstreams.truthOf('acme', 'alice');
});
afterAll(async () => {
  await rig.close();
  await Promise.all([redis.close(), upstreams.close()]);
});
beforeEach(() => void Object.assign(truth, firstTruth()));

const login = async (username: string) => ({ ...(await loginToMobileBff({ url: rig.url, username })) });
type Options = { readonly at?: string; readonly as?: object } & Readonly<Record<string, unknown>>;
const sync = (
  path: string,
  has: readonly Answered[] = [],
  { at = one, as = phone, ...fields }: Options = {},
) => ask(at + path, { ...as, ...having(...has), ...(fields as Record<string, string>) });
const plain = (path: string, fields = {}, at = one) => ask(at + path, { ...phone, ...fields });
/** Returns the first answer for a path, after its base was written. */
async function first(path: string, options: Options = {}): Promise<Answered> {
  const answer = await sync(path, [], options);
  await written(answer);
  return answer;
}
/** Waits until the base is written, which happens after the answer was sent. */
async function written(answer: Answered): Promise<void> {
  const token = tagOf(answer).slice(1, 25);
  await until(async () => (await keysOf(redis, `*:sync:*:${token}`)).length > 0);
}
const baseKeys = (): Promise<string[]> => keysOf(redis, '*:sync:*:*');

const screens: [path: string, change: (truth: Truth) => void][] = [
  ['/api/profile', (now) => (now.tier = 'platinum')],
  ['/api/home', (now) => (now.unread = 3)],
  ['/api/orders', (now) => (now.orders[1]!.status = 'shipped')],
  ['/api/orders/o1', (now) => (now.orders[0]!.status = 'shipped')],
  ['/api/notifications', (now) => (now.notifications[0]!.read_at = '2026-11-22T12:00:00Z')],
  ['/api/preferences', (now) => (now.preferences['theme'] = 'light')],
];

describe.each(screens)('differential sync of %s', (path, change) => {
  test('S1 an unchanged view is answered with 304 at any replica, even when Redis has lost every base', async () => {
    const has = await first(path);
    await redisCli(redis, 'DEL', ...(await baseKeys()));
    for (const at of [one, other]) {
      const { status, text, headers } = await sync(path, [has], { at });
      expect([status, text, headers.get('etag')]).toEqual([304, '', tagOf(has)]);
      expect(headers.get('vary')).toBe('Accept-Encoding, A-IM');
      expect(headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  test('S2 a changed view is answered with 226 and a patch from the named base to the complete view', async () => {
    const has = await first(path);
    change(truth);
    const answer = await sync(path, [has], { at: other });
    const now = await plain(path);
    expect(answer.status).toBe(226);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      im: 'json-patch',
      etag: tagOf(now),
      'delta-base': tagOf(has),
      'content-type': 'application/json-patch+json',
      vary: 'Accept-Encoding, A-IM',
      'cache-control': 'no-store',
      'content-length': String(answer.text.length),
    });
    expect(patched(viewOf(has), answer)).toEqual(viewOf(now));
    expect(answer.text.length).toBeLessThan(now.text.length);
    expect(patchOf(answer)).toHaveLength(1);
  });

  test('S2 the tag of a patched view is the ETag that every client receives', async () => {
    const has = await first(path);
    change(truth);
    const answer = await sync(path, [has]);
    expect((await plain(path, { 'If-None-Match': tagOf(answer) }, other)).status).toBe(304);
    expect((await sync(path, [answer])).status).toBe(304);
    const whole = await plain(path);
    expect((await sync(path, [whole])).status).toBe(304);
    expect(JSON.parse(whole.text)._meta.etag).toBe(tagOf(whole).slice(1, -1));
  });

  test('H6 HEAD answers 304, 226 and 200 as GET does, without a body', async () => {
    const has = await first(path);
    const head = (fields: Record<string, string>) => ask(one + path, { ...phone, ...fields }, 'HEAD');
    expect((await head(having(has))).status).toBe(304);
    change(truth);
    for (const fields of [having(has), having()]) {
      const [got, headed] = [await ask(one + path, { ...phone, ...fields }), await head(fields)];
      expect([headed.status, headed.text]).toEqual([got.status, '']);
      for (const name of ['etag', 'im', 'delta-base', 'sync-digest', 'content-length', 'vary'])
        expect([name, headed.headers.get(name)]).toEqual([name, got.headers.get(name)]);
    }
  });

  test('S4 the same request at two replicas gets the same patch', async () => {
    const has = await first(path);
    change(truth);
    const answers = [
      await sync(path, [has]),
      await sync(path, [has], { at: other }),
      await sync(path, [has]),
    ];
    expect(answers.map(({ status }) => status)).toEqual([226, 226, 226]);
    expect(new Set(answers.map(({ text, headers }) => text + headers.get('etag'))).size).toBe(1);
  });

  test('S4 reads of one device do not affect the patches of another', async () => {
    const [has, tabletHas] = [await first(path), await first(path, { as: tablet })];
    change(truth);
    await sync(path, [has]);
    for (let read = 0; read < 10; read++) {
      truth.preferences['theme'] = `theme ${read}`;
      await sync(path, [has]);
    }
    const answer = await sync(path, [tabletHas], { as: tablet, at: other });
    expect(answer.status).toBe(226);
    expect(patched(viewOf(tabletHas), answer)).toEqual(viewOf(await plain(path)));
  });

  test('S4 a lost answer is repeated from the same base', async () => {
    const has = await first(path);
    change(truth);
    const lost = await sync(path, [has]);
    expect(lost.status).toBe(226);
    const again = await sync(path, [has], { at: other });
    expect([again.status, again.text]).toEqual([226, lost.text]);
  });

  test('a client without A-IM gets 200 and 304, without a stored base or header fields of sync', async () => {
    const has = await plain(path);
    const before = await baseKeys();
    change(truth);
    for (const im of [{}, { 'A-IM': 'vcdiff, gzip' }, { 'A-IM': 'json-patch;q=0' }]) {
      const answer = await plain(path, { ...im, 'If-None-Match': tagOf(has) });
      expect([answer.status, answer.headers.get('im'), answer.headers.get('sync-reset')]).toEqual([
        200,
        null,
        null,
      ]);
    }
    expect(await baseKeys()).toEqual(before);
  });

  test('RFC 9110, 13.2.2: If-Match is evaluated before a patch is considered', async () => {
    const has = await first(path);
    change(truth);
    expect((await sync(path, [has], { 'If-Match': tagOf(has) })).status).toBe(412);
  });

  test('S8 a request without a session gets 401, whatever tag it names', async () => {
    const has = await first(path);
    for (const Authorization of ['', 'Bearer none'])
      expect((await ask(one + path, { ...having(has), Authorization })).status).toBe(401);
  });
});

describe('content codings', () => {
  const everything = { 'Accept-Encoding': 'br, gzip' };
  const manyOrders = (status: string) =>
    Array.from({ length: 20 }, (_, index) => order(`order-${index}`, `${status}-${index * 7919}`));

  test('a patch above 1 KB is compressed, and its ETag still names the view', async () => {
    truth.orders = manyOrders('paid');
    const has = await first('/api/orders');
    truth.orders = manyOrders('shipped');
    const answer = await sync('/api/orders', [has], everything);
    const now = await plain('/api/orders');
    expect(answer.headers.get('etag')).toBe(tagOf(now));
    if (answer.status === 226) expect(patched(viewOf(has), answer)).toEqual(viewOf(now));
  });

  test('the ETag of a compressed answer is valid as a base as well', async () => {
    truth.orders = manyOrders('paid');
    const has = await first('/api/orders', everything);
    expect(tagOf(has)).toMatch(/^"[\w-]{24}-br"$/);
    expect((await sync('/api/orders', [has])).status).toBe(304);
    truth.orders[0]!.status = 'lost';
    const answer = await sync('/api/orders', [has]);
    expect([answer.status, answer.headers.get('delta-base')]).toEqual([226, tagOf(has).replace('-br', '')]);
  });

  test('S2 a patch is sent only if it is shorter than the complete answer in the same content coding', async () => {
    const sizeOf = ({ headers }: Answered) => Number(headers.get('content-length'));
    const kinds = new Set<number>();
    for (let changed = 0; changed <= 20; changed++) {
      truth.orders = manyOrders('paid');
      const has = await first('/api/orders');
      truth.orders = manyOrders('shipped').map((each, index) =>
        index < changed ? each : truth.orders[index]!,
      );
      for (const coding of ['identity', 'gzip', 'br', 'zstd']) {
        const accepts = { 'Accept-Encoding': coding };
        const answer = await sync('/api/orders', [has], accepts);
        const whole = await plain('/api/orders', accepts);
        if (answer.status === 226) expect(sizeOf(answer)).toBeLessThan(sizeOf(whole));
        else if (changed > 0) expect([answer.status, tagOf(answer)]).toEqual([200, tagOf(whole)]);
        kinds.add(answer.status);
      }
    }
    expect(kinds).toEqual(new Set([304, 226, 200]));
  });

  test('a patch is compressed when the client forbids identity, and answered with 406 when it accepts no coding', async () => {
    const has = await first('/api/home');
    truth.unread++;
    const answer = await sync('/api/home', [has], { 'Accept-Encoding': 'br;q=1, identity;q=0' });
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([226, 'br']);
    expect((await sync('/api/home', [has], { 'Accept-Encoding': '*;q=0' })).status).toBe(406);
  });
});

describe('lists', () => {
  test('S5 in the patch of a list, a new item is one add operation, a removed item is one remove, and a moved item is one move', async () => {
    truth.orders = Array.from({ length: 20 }, (_, index) => order(`o${index}`));
    const path = '/api/orders?limit=20';
    const has = await first(path);
    truth.orders = [order('new'), ...truth.orders].slice(0, 20);
    const prepended = await sync(path, [has]);
    expect(patchOf(prepended).map(({ op, path: where }) => [op, where])).toEqual(
      expect.arrayContaining([['add', '/orders/0']]),
    );
    truth.orders = firstTruth().orders.reverse();
    const small = await first('/api/profile');
    truth.orders = [truth.orders[2]!, truth.orders[0]!, truth.orders[1]!];
    expect(patchOf(await sync('/api/profile', [small]))).toEqual([expect.objectContaining({ op: 'move' })]);
  });

  test('S6 the patch of one changed member has the same size for any length of the list', async () => {
    const sizes = new Set<number>();
    for (const length of [3, 10, 50]) {
      truth.orders = Array.from({ length }, (_, index) => order(`o${index}`));
      const has = await first('/api/orders?limit=50');
      truth.orders[2]!.status = 'shipped';
      sizes.add((await sync('/api/orders?limit=50', [has])).text.length);
    }
    expect(sizes.size).toBe(1);
  });

  test('the base of one page is not a base of another page', async () => {
    truth.orders = Array.from({ length: 9 }, (_, index) => order(`o${index}`));
    const begin = await first('/api/orders?limit=3');
    const next = `/api/orders?limit=3&cursor=${viewOf(begin)['next_cursor']}`;
    const second = await first(next);
    truth.orders[4]!.status = 'shipped';
    const answer = await sync(next, [second]);
    expect(patchOf(answer)).toEqual([{ op: 'replace', path: '/orders/1/status', value: 'shipped' }]);
    expect((await sync('/api/orders?limit=3', [begin])).status).toBe(304);
    expect((await sync('/api/orders?limit=3', [second])).headers.get('sync-reset')).toBe('unknown');
  });
});

describe('selection with `fields`', () => {
  test('S2 patches of a selection apply to the selected members', async () => {
    const path = '/api/profile?fields=name,email,orders[*].status';
    const has = await first(path);
    truth.tier = 'platinum';
    expect((await sync(path, [has])).status).toBe(304);
    truth.orders[0]!.status = 'shipped';
    expect(patchOf(await sync(path, [has]))).toHaveLength(1);
    expect((await sync('/api/profile?fields=orders[*].status,email,name', [has])).status).toBe(226);
  });

  test('S10 a client that invents selections and path spellings cannot fill the store', async () => {
    const own = await login('bob');
    const before = new Set(await baseKeys());
    for (let index = 0; index < 30; index++) {
      const answer = await sync(`/api/profile?fields=name,m${index}&x=${index}`, [], { as: own });
      await written(answer);
    }
    // F64: another spelling of a path is answered with 404.
    for (const path of ['/api/Profile', '/API/profile', '/api/profile/'])
      expect((await sync(path, [], { as: own })).status).toBe(404);
    await first('/api/profile?x=1&limit=3', { as: own });
    const shelves = (await baseKeys()).filter((key) => !before.has(key));
    // One base for all selections, and one for the complete view.
    expect(new Set(shelves.map((key) => key.split(':')[2])).size).toBe(2);
    expect(shelves.length).toBeLessThanOrEqual(10);
  });
});

describe('S10 stored bases', () => {
  test('the store has at most 8 views per device and screen, and each use extends their lifetime', async () => {
    const own = await login('alice');
    const before = new Set(await baseKeys());
    let has = await first('/api/home', { as: own });
    for (let unread = 10; unread < 30; unread++) {
      truth.unread = unread;
      has = await sync('/api/home', [has], { as: own });
      await written(has);
    }
    const mine = (await baseKeys()).filter((key) => !before.has(key));
    expect(mine.length).toBeGreaterThan(1);
    expect(mine.length).toBeLessThanOrEqual(9);
    for (const key of mine) {
      const seconds = Number(await redisCli(redis, 'TTL', key));
      expect(seconds).toBeGreaterThan(2 * 86_400 - 60);
      expect(seconds).toBeLessThanOrEqual(2 * 86_400);
    }
  });

  test('the keys of stored bases do not reveal the user, and their values are compressed', async () => {
    const has = await first('/api/profile');
    for (const key of await baseKeys()) {
      expect(key).toMatch(/^\{(acme|globex)\}:sync:[\w-]{24}:[\w-]{24}$/);
      expect(await redisCli(redis, 'GET', key)).not.toMatch(/alice|orders|theme/);
    }
    expect(tagOf(has)).not.toContain('alice');
  });
});

test('a view whose source sends its members in another order has the same bytes and the same tag', async () => {
  truth.preferences = { b: 1, a: { d: 1, c: 2 } };
  const before = await plain('/api/preferences');
  truth.preferences = { a: { c: 2, d: 1 }, b: 1 };
  const after = await plain('/api/preferences');
  expect([after.text, tagOf(after)]).toEqual([before.text, tagOf(before)]);
  expect(after.text.startsWith(canonicalJson(viewOf(after)).slice(0, -1))).toBe(true);
});

test('a view without a canonical form is sent completely, and confirmed with 304', async () => {
  truth.preferences = { broken: '\ud800' };
  const answer = await sync('/api/preferences');
  expect([answer.status, viewOf(answer)]).toEqual([200, { broken: '\ud800' }]);
  expect((await sync('/api/preferences', [answer])).status).toBe(304);
});

test('the ETag of a synced view is valid as If-Match of a write', async () => {
  truth.notifications = [notification('n9')];
  const has = await first('/api/preferences');
  truth.preferences['theme'] = 'light';
  const patch = (match: string) =>
    fetch(`${one}/api/preferences`, {
      method: 'PATCH',
      headers: { ...phone, 'If-Match': match, 'Content-Type': 'application/merge-patch+json' },
      body: '{"theme":"light"}',
    });
  expect((await patch(tagOf(has))).status).toBe(412);
  const answer = await sync('/api/preferences', [has]);
  expect(answer.status).toBe(226);
  expect((await patch(tagOf(answer))).status).not.toBe(412);
});

test('the sync metrics count answers by kind, and sent and saved bytes, for each screen', async () => {
  const value = async (line: string) => {
    const text = await (await fetch(`${rig.service.managementUrl}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((each) => each.startsWith(line))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  };
  const kinds = ['not-modified', 'delta', 'full', 'reset'];
  const label = 'service="mobile-bff"';
  const counts = () =>
    Promise.all(kinds.map((kind) => value(`bff_sync_answers_total{screen="home",kind="${kind}",${label}}`)));
  const bytes = () =>
    Promise.all(
      ['sent', 'saved'].map((what) => value(`bff_sync_${what}_bytes_total{screen="home",${label}}`)),
    );
  const [countsBefore, bytesBefore] = [await counts(), await bytes()];
  const has = await first('/api/home');
  const whole = canonicalJson(viewOf(has)).length;
  await sync('/api/home', [has]);
  truth.unread = 5;
  const delta = await sync('/api/home', [has]);
  await ask(`${one}/api/home`, { ...phone, 'A-IM': 'json-patch', 'If-None-Match': '"never"' });
  await plain('/api/home');
  const since = (now: readonly number[], before: readonly number[]) =>
    now.map((each, index) => each - before[index]!);
  expect(since(await counts(), countsBefore)).toEqual([1, 1, 1, 1]);
  const patch = delta.text.length;
  expect(since(await bytes(), bytesBefore)).toEqual([whole + patch + whole, whole + (whole - patch)]);
});
