import { describe, expect, test } from '@jest/globals';
import { parseMembers } from '../../src/protocol/member-list.ts';
import { syncHeaders, type SyncAnswer } from '../../src/index.ts';

const token = 'tttttttttttttttttttttttt';
const base = 'bbbbbbbbbbbbbbbbbbbbbbbb';

describe('the header fields of the protocol', () => {
  const delta = {
    kind: 'delta',
    token,
    base,
    patch: [],
    body: '[]',
    digest: 'abc=',
    kept: [],
    json: '{}',
  } as const;
  const cases: [SyncAnswer, Record<string, string>][] = [
    [{ kind: 'not-modified', token, json: '{}' }, {}],
    [{ kind: 'full', token, view: {}, kept: [] }, {}],
    [{ kind: 'full', token, view: {}, kept: [], reset: 'unknown' }, { 'Sync-Reset': 'unknown' }],
    [
      { kind: 'full', view: {}, kept: ['things', 'name'], reset: 'unavailable' },
      { 'Sync-Reset': 'unavailable', 'Sync-Keep': '"things", "name"' },
    ],
    [
      delta,
      {
        'Content-Type': 'application/json-patch+json',
        IM: 'json-patch',
        ETag: `"${token}"`,
        'Delta-Base': `"${base}"`,
        'Sync-Digest': 'sha-256=:abc=:',
      },
    ],
  ];
  test.each(cases)('syncHeaders returns the header fields of the answer %j', (answer, headers) => {
    expect(syncHeaders(answer)).toEqual(headers);
  });

  test('S9 member names with characters that a header field cannot contain are encoded in Sync-Keep and decoded', () => {
    const kept = ['größe', 'a"b', 'c\\d', 'e, f', '%41', '名前', 'g\r\nSet-Cookie: h', ''];
    const field = syncHeaders({ ...delta, kept })['Sync-Keep']!;
    expect(field).toMatch(/^[\x20-\x7e]+$/);
    expect(new Headers({ 'Sync-Keep': field }).get('Sync-Keep')).toBe(field);
    expect(parseMembers(field)).toEqual(kept);
    expect(parseMembers(null)).toEqual([]);
  });
});
