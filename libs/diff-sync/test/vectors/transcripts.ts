import type { Json, JsonObject, SyncRequest } from '../../src/index.ts';

/** An answer as it is written into the file. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The server's answer, no answer (`lost`), another answer, or a function that alters the server's answer. */
export type Reply = 'server' | 'lost' | Answer | ((answer: Answer) => Answer);

/** One call of `refresh`. */
export interface Scene {
  /** The view of the server from now on. */
  readonly view?: JsonObject;
  readonly server?: Partial<Pick<SyncRequest, 'degradedFields' | 'policyVersion' | 'visible'>>;
  /** The store of the server loses all bases. */
  readonly isWiped?: true;
  /** The server's keys are rotated; the previous one is still accepted. */
  readonly isRotated?: true;
  /** Replies in the order of the requests. Further requests get the server's answer. */
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

/** The device has `view`, the server `newer`. The first answer is altered, the second one is the server's. */
const badDifference = (title: string, reply: Reply): Scenario => ({
  title: `after an unusable 226 the device requests the complete view: ${title}`,
  scenes: [{ view }, { view: newer, replies: [reply] }],
});
/** All requests of the first and the third refresh get this answer. */
const nothingUsable = (title: string, answer: Answer): Scenario => ({
  title: `without a usable answer the stored view is shown and stays stored: ${title}`,
  scenes: [{ view, replies: [answer, answer] }, { view }, { view: newer, replies: [answer, answer] }, {}],
});

export const scenarios: readonly Scenario[] = [
  {
    title: 'a first view, a change, no change, another change',
    scenes: [{ view }, { view: newer }, {}, { view: newest }],
  },
  {
    title: 'items are added, removed, changed and moved',
    scenes: [
      { view },
      { view: { ...view, things: [thing('new'), thing('c'), thing('a', 'closed')] } },
      { view: { title: 'First', 'a b': null, things: [] } },
    ],
  },
  {
    title: 'texts and numbers with a special form in canonical JSON',
    scenes: [
      { view: strange },
      { view: { ...strange, flags: [true, false, 1, 0, 2], numbers: [1e21, 2] } },
      { view: { ...strange, things: [{ ...thing('b'), 'm~n/o': 3, '': 4 }, thing('a')] } },
      { view: JSON.parse(JSON.stringify(strange).replace('"flags"', '"__proto__"')) as JsonObject },
    ],
  },
  {
    title: 'after a lost answer the device names its stored view again',
    scenes: [
      { view, replies: ['lost'] },
      {},
      { view: newer, replies: ['lost'] },
      { view: newest },
      { replies: ['lost'] },
    ],
  },
  {
    title: 'when the first answer is truncated, there is no view to show',
    scenes: [{ view, replies: [cut, cut] }, {}],
  },
  {
    title: 'a 304 to a request without If-None-Match is not usable',
    scenes: [{ view, replies: [is(304, '', { ETag: `"${stranger}"` }), is(304)] }, {}],
  },
  {
    title: 'after a 304 whose ETag is not a token, the stored token stays',
    scenes: [{ view }, { replies: [is(304)] }, { replies: [is(304, '', { ETag: '"other"' })] }, {}],
  },
  {
    title: 'after a 304 with another token (the key of the server was rotated), that token is stored',
    scenes: [{ view }, { isRotated: true }, {}],
  },
  {
    title: 'tags that a proxy changed together with the content coding',
    scenes: [
      { view, replies: [(answer) => withHeaders({ etag: `W/${answer.headers['etag']}` })(answer)] },
      {
        view: newer,
        replies: [(answer) => withHeaders({ etag: `${answer.headers['etag']?.slice(0, -1)}-br"` })(answer)],
      },
      {},
    ],
  },
  badDifference('Delta-Base has another token', withHeaders({ 'delta-base': `"${stranger}"` })),
  badDifference('no Delta-Base', without('Delta-Base')),
  badDifference('IM has another value', withHeaders({ im: 'vcdiff' })),
  badDifference('no IM', without('IM')),
  badDifference('no ETag', without('ETag')),
  badDifference('no Sync-Digest', without('Sync-Digest')),
  badDifference('the digest of another view', withHeaders({ 'sync-digest': `sha-256=:${'A'.repeat(43)}=:` })),
  badDifference('the body is truncated', cut),
  badDifference(
    'the patch makes another change',
    withBody('[{"op":"replace","path":"/title","value":"Other"}]'),
  ),
  badDifference('the patch does not fit', withBody('[{"op":"replace","path":"/other","value":"Second"}]')),
  badDifference('an index with a leading zero', withBody('[{"op":"remove","path":"/things/00"}]')),
  badDifference('the body is not a patch', withBody('{"title":"Second"}')),
  badDifference(
    'the result of the patch is not an object',
    withBody('[{"op":"replace","path":"","value":[]}]'),
  ),
  badDifference('another status', is(204)),
  badDifference('a redirect', is(302, '', { Location: 'https://hotel.example/' })),
  {
    title: 'when a 226 is unusable and the second answer is lost, the stored view stays',
    scenes: [{ view }, { view: newer, replies: [cut, 'lost'] }, {}],
  },
  {
    title: 'the server has lost the base',
    scenes: [{ view }, { view: newer, isWiped: true }, { view: newest }],
  },
  nothingUsable(
    'an HTML page',
    is(200, '<html>Log in to this hotel</html>', { 'Content-Type': 'text/html' }),
  ),
  nothingUsable(
    'an HTML page with the type application/json',
    is(200, '<html>', { ...json, ETag: `"${stranger}"` }),
  ),
  nothingUsable('JSON without ETag and _meta', is(200, { title: 'Other' }, json)),
  nothingUsable(
    'JSON without _meta, with an ETag of our form',
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
  nothingUsable('an empty body', is(200, '', json)),
  nothingUsable('a 403 of a captive portal', is(403, '<html>')),
  nothingUsable('a 404 without problem details', is(404)),
  nothingUsable('502 of a proxy', is(502, '<html>')),
  nothingUsable('503 with Retry-After', problem(503, { 'Retry-After': '7' })),
  nothingUsable(
    '429 with a Retry-After date',
    problem(429, { 'Retry-After': 'Sun, 22 Nov 2026 00:00:09 GMT', Date: 'Sun, 22 Nov 2026 00:00:00 GMT' }),
  ),
  nothingUsable('408', is(408)),
  {
    title: 'a refusal with problem details is reported to the app, and the stored view stays',
    scenes: [
      { view },
      { replies: [problem(401)] },
      { replies: [problem(403)] },
      { replies: [problem(404)] },
      { view: newer },
    ],
  },
  {
    title: 'degraded: the patch does not change the members in Sync-Keep',
    scenes: [
      { view },
      { view: { ...newer, things: [] }, server: { degradedFields: ['things'] } },
      { view: { ...newer, things: [] }, server: { degradedFields: ['things', 'a b'] } },
      { view: newest, server: { degradedFields: [] } },
    ],
  },
  {
    title:
      'degraded without a base: degraded members keep their stored values, and the mixed view has no token',
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
    title: 'degraded on a device without a view: the view is shown and not stored',
    scenes: [
      { view: { ...view, things: [] }, server: { degradedFields: ['things'] } },
      { view, server: { degradedFields: [] } },
    ],
  },
  {
    title: 'degraded in all members, and the base is lost: the stored view is shown',
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
    title: 'the policy hides a part of every degraded member: the stored view is not shown any more',
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
