import { mapOutcome } from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { type UpstreamClients } from '@bff/upstream-clients';
import { type Write } from '../serve-write.ts';

/** A merge patch of preferences, if they are still as the partner saw them. */
export const changePreferences = ({ user }: UpstreamClients): Write => ({
  screen: 'preferences',
  touches: ({ body }) => ({ preferences: body }),
  current: async ({ userId, ...scope }) => mapOutcome(await user.preferences(scope, userId), viewOf),
  perform: async ({ body, ifMatch, idempotencyKey, userId, ...scope }) =>
    mapOutcome(
      await user.patchPreferences(scope, userId, body as Parameters<typeof user.patchPreferences>[2], ifMatch, idempotencyKey),
      viewOf,
    ),
}); // prettier-ignore

const viewOf = (preferences: object) => ({ preferences }) as JsonObject;
