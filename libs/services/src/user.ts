import { get, jsonObject, patch, put, service, type JsonObject } from '@bff/upstream-clients';
import { z } from 'zod';

const account = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  avatar_url: z.string().nullable(),
  /** ISO 8601; null before the first login. */
  last_login: z.string().nullable(),
  locale: z.string(),
  phone: z.string().nullable(),
  ssn: z.string(),
  internal_notes: z.string().nullable(),
  created_at: z.string(),
});

export type User = Readonly<z.infer<typeof account>>;
/** Arbitrary members, chosen by the user: the BFF knows none of their names. */
export type Preferences = JsonObject;

const preferences = { response: jsonObject, breaker: { consecutiveFailures: 8 } };

export const user = service(
  'user',
  { address: 'http://127.0.0.1:8080' },
  {
    profile: get('/api/v1/users/{userId}', { response: account }),
    /** To change the preferences, pass the `etag` of the outcome as `ifMatch` to `patchPreferences`. */
    preferences: get('/api/v1/users/{userId}/preferences', preferences),
    /**
     * A JSON merge patch (RFC 7396); `refused` with status 412 when `ifMatch` is outdated. For a repeated
     * `idempotencyKey` the service returns its first answer again, even if `ifMatch` is outdated by then.
     */
    patchPreferences: patch('/api/v1/users/{userId}/preferences', {
      ...preferences,
      body: jsonObject,
      contentType: 'application/merge-patch+json',
    }),
    /**
     * Replaces all preferences; `ifMatch` and `idempotencyKey` have the same effect as in `patchPreferences`.
     */
    replacePreferences: put('/api/v1/users/{userId}/preferences', { ...preferences, body: jsonObject }),
  },
);
