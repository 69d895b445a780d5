import { mapOutcome } from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { type Write } from '../serve-write.ts';
import { type Preferences } from '@bff/services';
import { type Clients } from '../clients.ts';

/** A merge patch of preferences, if they are still as the partner saw them. */
export const changePreferences = ({ user }: Clients): Write => ({
  screen: 'preferences',
  touches: ({ body }) => ({ preferences: body }),
  current: async ({ userId, ...scope }) => mapOutcome(await user.preferences(scope, { userId }), viewOf),
  perform: async ({ body, ifMatch, idempotencyKey, userId, ...scope }) =>
    mapOutcome(
      await user.patchPreferences(scope, { userId }, { body: body as Preferences, ifMatch, idempotencyKey }),
      viewOf,
    ),
}); // prettier-ignore

const viewOf = (preferences: object) => ({ preferences }) as JsonObject;
