import { z } from 'zod';
import { breakerSettings } from './resilience/breaker-settings.ts';
import type { CallScope } from './pipeline/call.ts';
import { jsonObject, type JsonObject } from './pipeline/json.ts';
import { sourceBudgetMs, type Compile, type Operation } from './pipeline/operation.ts';

const user = z.object({
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

export type User = Readonly<z.infer<typeof user>>;
/** Whatever the user chose; the BFF knows no names. */
export type Preferences = JsonObject;

const base = { service: 'user', budgetMs: sourceBudgetMs } as const;
const preferences = { ...base, path: '/api/v1/users/{id}/preferences', response: jsonObject } as const;

export const userOperations = {
  profile: {
    ...base,
    name: 'profile',
    method: 'GET',
    path: '/api/v1/users/{id}',
    response: user,
    breaker: breakerSettings(5, 30_000),
  },
  preferences: { ...preferences, name: 'preferences', method: 'GET', breaker: breakerSettings(8, 15_000) },
  patchPreferences: {
    ...preferences,
    name: 'patchPreferences',
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    breaker: breakerSettings(8, 15_000),
  },
} as const satisfies Record<string, Operation<unknown>>;

export type UserClient = ReturnType<typeof createUserClient>;

export function createUserClient(compile: Compile) {
  const profile = compile<User>(userOperations.profile);
  const preferences = compile<Preferences>(userOperations.preferences);
  const patchPreferences = compile<Preferences>(userOperations.patchPreferences);
  return {
    profile: (scope: CallScope, id: string) => profile({ params: { id } }, scope),
    /** The outcome's `etag` is what {@link patchPreferences} wants as `ifMatch`. */
    preferences: (scope: CallScope, id: string) => preferences({ params: { id } }, scope),
    /**
     * A JSON merge patch (RFC 7396); `refused` with status 412 when `ifMatch` is no longer current. A service that knows
     * the `idempotencyKey` already answers as it did then, whatever has become of `ifMatch`.
     */
    patchPreferences: (
      scope: CallScope,
      id: string,
      patch: JsonObject,
      ifMatch?: string,
      idempotencyKey?: string,
    ) => patchPreferences({ params: { id }, body: patch, ifMatch, idempotencyKey }, scope),
  };
}
