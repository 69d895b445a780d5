import { mapOutcome } from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { type Write } from '../serve-write.ts';
import { type Clients } from '../clients.ts';

export const markNotificationRead = ({ notification }: Clients): Write => ({
  screen: 'notifications',
  touches: ({ notificationId }) => ({ notifications: [{ id: notificationId }] }),
  perform: async ({ notificationId, idempotencyKey, ...scope }) =>
    mapOutcome(
      await notification.markRead(scope, { notificationId }, { idempotencyKey }),
      (read) => ({ notifications: [read] }) as JsonObject,
    ),
});
