import { expect, test } from '@jest/globals';
import { createMemoryStore, StateUnavailable, type StateStore } from '@bff/service-kit';
import { createFinishedLogins } from '../../src/index.ts';

const login = (codeVerifier = 'v'.repeat(43)) => ({
  state: 's'.repeat(43),
  nonce: 'n'.repeat(43),
  codeVerifier,
  returnTo: '/',
});
const handle = 'secret-handle';
const final = () => Promise.resolve({ result: { handle }, isFinal: true });

/** Returns a store, and everything that is written to it, in order. */
function watched(): { readonly store: StateStore; readonly written: string[] } {
  const store = createMemoryStore();
  const written: string[] = [];
  const { set, replaceIf } = store;
  return {
    written,
    store: {
      ...store,
      set(key, value, ttlMs) {
        written.push(`${key} ${value}`);
        return set.call(store, key, value, ttlMs);
      },
      replaceIf(key, expected, value, ttlMs) {
        written.push(`${key} ${value}`);
        return replaceIf.call(store, key, expected, value, ttlMs);
      },
    },
  };
}

test('F72 a login is finished once, and concurrent and later calls get the same result', async () => {
  const logins = createFinishedLogins(createMemoryStore());
  let count = 0;
  const finish = async () => {
    count += 1;
    await Promise.resolve();
    return { result: { handle: `${handle} ${count}` }, isFinal: true };
  };
  const results = await Promise.all([1, 2, 3].map(() => logins.once(login(), finish)));
  results.push(await logins.once(login(), finish));
  expect(results).toEqual(results.map(() => ({ handle: `${handle} 1` })));
  expect(count).toBe(1);
});

test('F72 a login whose result is not final, or that throws, is tried again by the next call', async () => {
  const logins = createFinishedLogins(createMemoryStore());
  await expect(logins.once(login(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await logins.once(login(), () => Promise.resolve({ result: { a: 1 }, isFinal: false }))).toEqual({
    a: 1,
  });
  expect(await logins.once(login(), final)).toEqual({ handle });
});

test('F72 the store contains neither the result of a login nor the verifier in clear text, and another verifier finds no result', async () => {
  const { store, written } = watched();
  const logins = createFinishedLogins(store);
  await logins.once(login(), final);
  await logins.keepLanding('state', 'session', '/private/place');
  expect(written).toHaveLength(2);
  for (const secret of [handle, 'v'.repeat(43), '/private/place', 'state'])
    for (const each of written) expect(each).not.toContain(secret);
  const other = { result: { handle: 'other' }, isFinal: true };
  expect(await logins.once(login('w'.repeat(43)), () => Promise.resolve(other))).toEqual(other.result);
  expect(await logins.findLanding('state', 'session')).toBe('/private/place');
  expect(await logins.findLanding('state', 'another session')).toBeUndefined();
  expect(await logins.findLanding('another state', 'session')).toBeUndefined();
});

test('F72 no authorization code is used up while the store is down, and a failure of the store after the login does not undo the login', async () => {
  const store = createMemoryStore();
  const away = () => Promise.reject(new StateUnavailable('away'));
  let count = 0;
  const counted = () => {
    count += 1;
    return final();
  };
  await expect(createFinishedLogins({ ...store, add: away }).once(login(), counted)).rejects.toThrow(
    StateUnavailable,
  );
  expect(count).toBe(0);
  const later = createFinishedLogins({ ...store, replaceIf: away, set: away });
  expect(await later.once(login(), counted)).toEqual({ handle });
  await later.keepLanding('state', 'session', '/place');
});
