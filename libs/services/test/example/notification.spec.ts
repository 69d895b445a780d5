import { page, testBadResponses, testCalls, type Call } from './call-table.ts';
import { the } from './world.ts';

const userId = 'alice';
const unreadCount: Call = ({ notification }, scope) => notification.unreadCount(scope, { userId });
const list: Call = ({ notification }, scope) => notification.list(scope, { userId, limit: 9 });
const markRead: Call = ({ notification }, scope) => notification.markRead(scope, { id: 'n1' });

testCalls([
  ['GET /api/v1/users/alice/unread_count', unreadCount, { count: 0 }],
  ['GET /api/v1/users/alice/notifications?limit=9', list, page(the.notification)],
  ['POST /api/v1/notifications/n1/read', markRead, the.notification],
]);

testBadResponses([['an unread count is negative', unreadCount, { count: -1 }]]);
