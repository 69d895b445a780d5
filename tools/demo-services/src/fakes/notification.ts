import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '@bff/service-kit';
import { confirmed } from '../cacheable.ts';
import type { Notification } from '../data/models.ts';
import { pageOf, readPage } from '../http/page.ts';
import { accounts, seedNotifications } from '../data/seed.ts';
import { mayActFor, type Route, type Service } from '../service.ts';

const tables = `
  CREATE TABLE recipients (tenant TEXT, id TEXT, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
  CREATE TABLE notifications (
    tenant TEXT, id TEXT, user_id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    created_at TEXT NOT NULL, read_at TEXT, PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notifications_newest_first ON notifications (tenant, user_id, created_at DESC, id DESC);`;

function fill(database: DatabaseSync): void {
  const addRecipient = database.prepare('INSERT INTO recipients VALUES (?, ?)');
  const addNotification = database.prepare(
    'INSERT INTO notifications VALUES (:tenant, :id, :user_id, :kind, :title, :body, :created_at, :read_at)',
  );
  for (const [tenant, user_id] of accounts) {
    addRecipient.run(tenant, user_id);
    for (const notification of seedNotifications(tenant, user_id))
      addNotification.run({ tenant, user_id, ...notification });
  }
}

const columns = 'id, kind, title, body, created_at, read_at';

const readUnreadCount: Route = {
  method: 'GET',
  pattern: '/api/v1/users/:id/unread_count',
  isOfUser: true,
  cacheControl: confirmed,
  prepare({ database }) {
    const count = database.prepare(`
      SELECT count(notifications.id) AS count FROM recipients
      LEFT JOIN notifications ON notifications.tenant = recipients.tenant AND user_id = recipients.id AND read_at IS NULL
      WHERE recipients.tenant = ? AND recipients.id = ? GROUP BY recipients.id`);
    return ({ caller, id }) => {
      const body = count.get(caller.tid, id);
      if (!body) throw new Problem('not-found');
      return { body };
    };
  },
};

const readNotifications: Route = {
  method: 'GET',
  pattern: '/api/v1/users/:id/notifications',
  isOfUser: true,
  cacheControl: confirmed,
  prepare({ database }) {
    const findRecipient = database.prepare('SELECT 1 FROM recipients WHERE tenant = ? AND id = ?');
    const find = database.prepare(`
      SELECT ${columns} FROM notifications WHERE tenant = ? AND user_id = ? AND (created_at, id) < (?, ?)
      ORDER BY created_at DESC, id DESC LIMIT ?`);
    return ({ caller, id, query }) => {
      const { limit, after } = readPage(query);
      if (!findRecipient.get(caller.tid, id)) throw new Problem('not-found');
      const rows = find.all(caller.tid, id, ...after, limit + 1) as unknown as Notification[];
      return { body: pageOf(rows, limit, (notification) => notification.created_at) };
    };
  },
};

const markRead: Route = {
  method: 'POST',
  pattern: '/api/v1/notifications/:id/read',
  prepare({ database }) {
    const findOwner = database.prepare('SELECT user_id FROM notifications WHERE tenant = ? AND id = ?');
    // Keeps the time of the first read, so that the write is idempotent.
    const mark = database.prepare(`
      UPDATE notifications SET read_at = coalesce(read_at, ?) WHERE tenant = ? AND id = ? RETURNING ${columns}`);
    return ({ caller, id }) => {
      const owner = findOwner.get(caller.tid, id);
      if (!owner || !mayActFor(caller, String(owner['user_id']))) throw new Problem('not-found');
      return { body: mark.get(new Date().toISOString(), caller.tid, id) };
    };
  },
};

const removeNotification: Route = {
  method: 'DELETE',
  pattern: '/api/v1/notifications/:id',
  prepare({ database }) {
    const findOwner = database.prepare('SELECT user_id FROM notifications WHERE tenant = ? AND id = ?');
    const remove = database.prepare('DELETE FROM notifications WHERE tenant = ? AND id = ?');
    return ({ caller, id }) => {
      const owner = findOwner.get(caller.tid, id);
      if (!owner || !mayActFor(caller, String(owner['user_id']))) throw new Problem('not-found');
      remove.run(caller.tid, id);
      return { status: 204 };
    };
  },
};

export const notificationFake: Service = {
  tables,
  fill,
  routes: [readUnreadCount, readNotifications, markRead, removeNotification],
};
