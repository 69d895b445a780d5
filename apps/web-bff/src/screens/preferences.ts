import { screen, source, write } from '@bff/screens';
import { user } from '@bff/services';
import { preferences as preferencesAnswer } from './members.ts';

/** The preferences are at the root of the answer, so that a merge patch needs no wrapper member. */
export const preferences = screen('preferences', {
  summary: 'Read the preferences; a change requires their ETag',
  sources: {
    preferences: source(user.preferences, { as: 'preferences', required: true, validator: true }),
  },
  root: 'preferences',
  answer: preferencesAnswer,
});

export const changePreferences = write('changePreferences', {
  summary: 'Change preferences by a JSON merge patch (RFC 7396)',
  call: user.patchPreferences,
  of: preferences,
  ifMatch: true,
});

export const replacePreferences = write('replacePreferences', {
  summary: 'Replace all preferences',
  call: user.replacePreferences,
  of: preferences,
  ifMatch: true,
});
