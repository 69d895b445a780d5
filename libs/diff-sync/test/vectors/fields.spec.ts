import { describe, expect, test } from '@jest/globals';
import { retryAfterMs } from '../../src/device/exchange.ts';
import { tokenOf } from '../../src/device/read-answer.ts';
import { parseMembers } from '../../src/protocol/member-list.ts';
import { readVectors } from './read-vectors.ts';

describe('vectors/fields.json', () => {
  const { etag, syncKeep, retryAfter } = readVectors('fields');

  test.each(etag)('the token of the ETag %s is %s', (field, token) => {
    expect(tokenOf(field) ?? null).toBe(token);
  });

  test.each(syncKeep)(
    'parsing the Sync-Keep field %s gives the members %j (null: throws URIError)',
    (field, names) => {
      if (names === null) expect(() => parseMembers(field)).toThrow(URIError);
      else expect(parseMembers(field)).toEqual(names);
    },
  );

  test.each(retryAfter)(
    'Retry-After %s in an answer with the Date %s is a wait of %s ms',
    (field, date, ms) => {
      const headers = new Headers({ 'Retry-After': field, ...(date !== null && { Date: date }) });
      expect(retryAfterMs(headers) ?? null).toBe(ms);
    },
  );
});
