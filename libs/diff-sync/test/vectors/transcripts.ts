import type { Json, JsonObject, SyncRequest } from '../../src/index.ts';

/** An answer as it is written into the file. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The server's own answer, one that never arrives, another one, or what a fault on the way makes of the server's. */
export type Reply = 'server' | 'lost' | Answer | ((answer: Answer) => Answer);

/** One call of `refresh`. */
export interface Scene {
  /** What the server has from now on. */
  readonly view?: JsonObject;
  readonly server?: Partial<Pick<SyncRequest, 'degradedFields' | 'policyVersion' | 'visible'>>;
  /** The store of the server loses all bases. */
  readonly isWiped?: true;
  /** The server's keys are rotated; the former one is still known. */
  readonly isRotated?: true;
  /** In the order of the requests; beyond the end the server answers. */
  readonly replies?: readonly Reply[];
}

export interface Scenario {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

const thing = (id: string, status = 'open'): JsonObject => ({
  id,
  status,
  address: 'Long Street 1, Somewhere',
});
const view: JsonObject = {
  title: 'First',
  note: 'a note that is long enough for a patch to be shorter than the view',
  things: [thing('a'), thing('b'), thing('c')],
  'a b': 1,
};
const newer: JsonObject = { ...view, title: 'Second' };
const newest: JsonObject = { ...view, title: 'Third' };
const strange: JsonObject = {
  title: '\u20ac \ud83d\ude00 \ufb33 "\\/\b\u0000\u007f\u2028',
  numbers: [1e21, 1e-7, 0.1, 333333333.3333333, 9007199254740992, -0, 5e-324],
  flags: [true, false, 1, 0],
  note: 'a note that is long enough for a patch to be shorter than the view',
  things: [thing('a'), { ...thing('b'), 'm~n/o': 1, '': 2 }],
};

const is = (status: number, body: Json | string = '', headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const problem = (status: number, headers: Record<string, string> = {}): Answer =>
  is(status, { status, title: 'No' }, { 'Content-Type': 'application/problem+json', ...headers });
const stranger = 'ssssssssssssssssssssssss';
const json = { 'Content-Type': 'application/json' };
const withHeaders =
  (changes: Readonly<Record<string, string>>) =>
  (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, ...changes } });
const without =
  (name: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: Object.fromEntries(
      Object.entries(answer.headers).filter(([each]) => each !== name.toLowerCase()),
    ),
  });
const cut = (answer: Answer): Answer => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) });
const withBody =
  (body: string) =>
  (answer: Answer): Answer => ({ ...answer, body });

/** The device has `view` and the server `newer`; the first answer is not what the server said, the second one is. */
const badDifference = (title: string, reply: Reply): Scenario => ({
  title: `a 226 is refused and the view is asked for without a base: ${title}`,
  scenes: [{ view }, { view: newer, replies: [reply] }],
});
/** The same answer again and again. */
const nothingUsable = (title: string, answer: Answer): Scenario => ({
  title: `no usable answer, so what is kept is shown and stays: ${title}`,
  scenes: [{ view, replies: [answer, answer] }, { view }, { view: newer, replies: [answer, answer] }, {}],
});

export const scenarios: readonly Scenario[] = [
  {
    title: 'a first view, a change, nothing new, another change',
    scenes: [{ view }, { view: newer }, {}, { view: newest }],
  },
  {
    title: 'items come, go, change and move',
    scenes: [
      { view },
      { view: { ...view, things: [thing('new'), thing('c'), thing('a', 'closed')] } },
      { view: { title: 'First', 'a b': null, things: [] } },
    ],
  },
  {
    title: 'texts and numbers that canonical JSON writes in its own way',
    scenes: [
      { view: strange },
      { view: { ...strange, flags: [true, false, 1, 0, 2], numbers: [1e21, 2] } },
      { view: { ...strange, things: [{ ...thing('b'), 'm~n/o': 3, '': 4 }, thing('a')] } },
      { view: JSON.parse(JSON.stringify(strange).replace('"flags"', '"__proto__"')) as JsonObject },
    ],
  },
  {
    title: 'lost answers cost nothing: the device names what it has',
    scenes: [
      { view, replies: ['lost'] },
      {},
      { view: newer, replies: ['lost'] },
      { view: newest },
      { replies: ['lost'] },
    ],
  },
  {
    title: 'a first answer that is cut, so that there is nothing to show',
    scenes: [{ view, replies: [cut, cut] }, {}],
  },
  {
    title: 'a 304 to a request that named nothing is no answer',
    scenes: [{ view, replies: [is(304, '', { ETag: `"${stranger}"` }), is(304)] }, {}],
  },
  {
    title: 'a 304 whose ETag is not a token keeps the token',
    scenes: [{ view }, { replies: [is(304)] }, { replies: [is(304, '', { ETag: '"other"' })] }, {}],
  },
  {
    title: 'a 304 with another token: the key of the server was rotated',
    scenes: [{ view }, { isRotated: true }, {}],
  },
  {
    title: 'tags of recoded bodies',
    scenes: [
      { view, replies: [(answer) => withHeaders({ etag: `W/${answer.headers['etag']}` })(answer)] },
      {
        view: newer,
        replies: [(answer) => withHeaders({ etag: `${answer.headers['etag']?.slice(0, -1)}-br"` })(answer)],
      },
      {},
    ],
  },
  badDifference('Delta-Base is another token', withHeaders({ 'delta-base': `"${stranger}"` })),
  badDifference('no Delta-Base', without('Delta-Base')),
  badDifference('IM is another one', withHeaders({ im: 'vcdiff' })),
  badDifference('no IM', without('IM')),
  badDifference('no ETag', without('ETag')),
  badDifference('no Sync-Digest', without('Sync-Digest')),
  badDifference(
    'the digest of something else',
    withHeaders({ 'sync-digest': `sha-256=:${'A'.repeat(43)}=:` }),
  ),
  badDifference('the body is cut', cut),
  badDifference(
    'the patch changes something else',
    withBody('[{"op":"replace","path":"/title","value":"Other"}]'),
  ),
  badDifference('the patch does not fit', withBody('[{"op":"replace","path":"/other","value":"Second"}]')),
  badDifference('an index with a leading zero', withBody('[{"op":"remove","path":"/things/00"}]')),
  badDifference('the patch is not one', withBody('{"title":"Second"}')),
  badDifference(
    'the patch makes something else than an object',
    withBody('[{"op":"replace","path":"","value":[]}]'),
  ),
  badDifference('another status', is(204)),
  badDifference('a redirect', is(302, '', { Location: 'https://hotel.example/' })),
  {
    title: 'a 226 that is refused twice leaves what is kept',
    scenes: [{ view }, { view: newer, replies: [cut, 'lost'] }, {}],
  },
  {
    title: 'the server has lost the base',
    scenes: [{ view }, { view: newer, isWiped: true }, { view: newest }],
  },
  nothingUsable('a page', is(200, '<html>Log in to this hotel</html>', { 'Content-Type': 'text/html' })),
  nothingUsable('a page that says it is JSON', is(200, '<html>', { ...json, ETag: `"${stranger}"` })),
  nothingUsable('JSON without ETag and _meta', is(200, { title: 'Other' }, json)),
  nothingUsable(
    'JSON with an ETag of our form',
    is(200, { title: 'Other' }, { ...json, ETag: `"${stranger}"` }),
  ),
  nothingUsable(
    '_meta names another tag',
    is(200, { title: 'Other', _meta: { etag: 'x'.repeat(24) } }, { ...json, ETag: `"${stranger}"` }),
  ),
  nothingUsable(
    'degraded, and _meta says that it is complete',
    is(
      200,
      { title: 'Other', _meta: { complete: true } },
      { ...json, 'BFF-Degraded': 'x', 'Sync-Keep': '"things"' },
    ),
  ),
  nothingUsable('an array', is(200, [1], { ...json, ETag: `"${stranger}"` })),
  nothingUsable('nothing', is(200, '', json)),
  nothingUsable('a 403 of a captive portal', is(403, '<html>')),
  nothingUsable('a 404 without problem details', is(404)),
  nothingUsable('502 of a proxy', is(502, '<html>')),
  nothingUsable('503 with Retry-After', problem(503, { 'Retry-After': '7' })),
  nothingUsable(
    '429 with a date',
    problem(429, { 'Retry-After': 'Sun, 22 Nov 2026 00:00:09 GMT', Date: 'Sun, 22 Nov 2026 00:00:00 GMT' }),
  ),
  nothingUsable('408', is(408)),
  {
    title: 'a refusal with problem details is for the app, and what is kept stays',
    scenes: [
      { view },
      { replies: [problem(401)] },
      { replies: [problem(403)] },
      { replies: [problem(404)] },
      { view: newer },
    ],
  },
  {
    title: 'degraded: the patch leaves the members of Sync-Keep alone',
    scenes: [
      { view },
      { view: { ...newer, things: [] }, server: { degradedFields: ['things'] } },
      { view: { ...newer, things: [] }, server: { degradedFields: ['things', 'a b'] } },
      { view: newest, server: { degradedFields: [] } },
    ],
  },
  {
    title: 'degraded without a base: own members are put back, and the mixture has no token',
    scenes: [
      { view },
      {
        view: { title: 'Second', note: 'fallback', 'a b': 2 },
        isWiped: true,
        server: { degradedFields: ['things', 'note'] },
      },
      { view: newer, server: { degradedFields: [] } },
    ],
  },
  {
    title: 'degraded on a device that has nothing: shown and not kept',
    scenes: [
      { view: { ...view, things: [] }, server: { degradedFields: ['things'] } },
      { view, server: { degradedFields: [] } },
    ],
  },
  {
    title: 'degraded as a whole, and the base is lost: what is kept is shown',
    scenes: [
      { view },
      { view: { title: '' }, isWiped: true, server: { degradedFields: 'all' } },
      { view: newer, server: { degradedFields: [] } },
    ],
  },
  {
    title: 'the policy hides a member: it is removed',
    scenes: [
      { view },
      { view: { title: 'First', 'a b': 1, note: view['note']! }, server: { policyVersion: 'v2' } },
    ],
  },
  {
    title: 'the policy hides something of all that is degraded: nothing of the device is shown any more',
    scenes: [
      { view },
      {
        view: { title: 'First' },
        server: {
          policyVersion: 'v2',
          degradedFields: ['things'],
          visible: ({ title }) => ({ title }),
        },
      },
    ],
  },
];
