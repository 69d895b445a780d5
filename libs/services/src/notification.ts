import { del, get, post, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { pageOf, pageParameters } from './page.ts';

const message = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  created_at: z.string(),
  read_at: z.string().nullable(),
});

export type Notification = Readonly<z.infer<typeof message>>;

export const notification = service(
  'notification',
  { address: 'http://127.0.0.1:8082', breaker: { consecutiveFailures: 8 } },
  {
    unreadCount: get('/api/v1/users/{userId}/unread_count', {
      response: z.object({ count: z.int().min(0) }),
    }),
    list: get('/api/v1/users/{userId}/notifications', { query: pageParameters, response: pageOf(message) }),
    markRead: post('/api/v1/notifications/{id}/read', { response: message }),
    remove: del('/api/v1/notifications/{id}'),
  },
);
