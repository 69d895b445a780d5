import { screen, source, write } from '@bff/screens';
import { user } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

export const preferences = screen('preferences', {
  summary: "A customer's preferences; their ETag is what a change needs",
  tag: 'Customers',
  scopes: needs('preferences:read'),
  sources: {
    preferences: source(user.preferences, { as: 'preferences', required: true, validator: true }),
  },
  answers: { v1: v1.preferences, v2: v2.preferences },
});

/** A merge patch of preferences, if they are still as the partner saw them. */
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
