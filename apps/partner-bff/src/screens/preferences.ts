import { screen, source, write } from '@bff/screens';
import { user } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

export const preferences = screen('preferences', {
  summary: "Read a customer's preferences; a change requires their ETag",
  tag: 'Customers',
  scopes: needs('preferences:read'),
  sources: {
    preferences: source(user.preferences, { as: 'preferences', required: true, validator: true }),
  },
  answers: { v1: v1.preferences, v2: v2.preferences },
});

/** Changes preferences by a merge patch if the ETag in `If-Match` is the current one. */
export const changePreferences = write('changePreferences', {
  summary: "Change a customer's preferences by a JSON merge patch (RFC 7396)",
  tag: 'Customers',
  scopes: needs('preferences:read', 'preferences:write'),
  call: user.patchPreferences,
  of: preferences,
  ifMatch: true,
});

export const replacePreferences = write('replacePreferences', {
  summary: "Replace all of a customer's preferences",
  tag: 'Customers',
  scopes: needs('preferences:read', 'preferences:write'),
  call: user.replacePreferences,
  of: preferences,
  ifMatch: true,
});
