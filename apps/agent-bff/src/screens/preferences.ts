import { screen, source, write } from '@bff/screens';
import { user } from '@bff/services';
import { z } from 'zod';

/** The preferences are at the root of the answer, so that a merge patch needs no wrapper member. */
export const preferences = screen('preferences', {
  summary: "The user's preferences",
  scopes: ['preferences:read'],
  sources: {
    preferences: source(user.preferences, { as: 'preferences', required: true, validator: true }),
  },
  root: 'preferences',
  nulls: 'strip',
  bytes: { identity: 190, gzip: 190 },
  answer: z.record(z.string(), z.unknown()),
});

export const changePreferences = write('changePreferences', {
  summary: 'Change preferences. The body is a JSON merge patch: null removes a member',
  scopes: ['preferences:read', 'preferences:write'],
  call: user.patchPreferences,
  of: preferences,
  ifMatch: true,
});
