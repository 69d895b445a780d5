import { expect, test } from '@jest/globals';
import { testBadResponses, testCalls, type Call } from './call-table.ts';
import { createWorld, scopeOf, the } from './world.ts';

const userId = 'alice';
const profile: Call = ({ user }, scope) => user.profile(scope, { userId });
const preferences: Call = ({ user }, scope) => user.preferences(scope, { userId });
const patchPreferences: Call = ({ user }, scope) =>
  user.patchPreferences(scope, { userId }, { body: { theme: null } });

testCalls([
  ['GET /api/v1/users/alice', profile, the.user],
  ['GET /api/v1/users/alice/preferences', preferences, the.preferences],
  ['PATCH /api/v1/users/alice/preferences', patchPreferences, the.preferences],
]);

testBadResponses([
  ['a user has no email', profile, { ...the.user, email: undefined }],
  ['a user has a null as name', profile, { ...the.user, name: null }],
  ['preferences are a list', preferences, [1]],
]);

test('a change of preferences is sent as a JSON merge patch with its nulls', async () => {
  await using world = await createWorld(the.preferences);
  await world.clients.user.patchPreferences(
    scopeOf(),
    { userId },
    { body: { theme: null, digest: { hour: 8 } }, ifMatch: '"v1"' },
  );
  expect(world.seen).toEqual([
    {
      line: 'PATCH /api/v1/users/alice/preferences',
      contentType: 'application/merge-patch+json',
      body: '{"theme":null,"digest":{"hour":8}}',
    },
  ]);
});
