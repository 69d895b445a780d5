import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '@bff/service-kit';
import { modifiedAt, type Answer } from '../http/answer.ts';
import { aWhile, confirmed } from '../cacheable.ts';
import { inTransaction } from '../data/database.ts';
import { isObject, mergePatch, readMergePatch, type Json } from '../http/merge-patch.ts';
import { requireMatch } from '../http/preconditions.ts';
import { accounts, seedPreferences, seedUser } from '../data/seed.ts';
import type { Call, Route, Service } from '../service.ts';

const tables = `
  CREATE TABLE users (
    tenant TEXT, id TEXT, name TEXT NOT NULL, email TEXT NOT NULL, avatar_url TEXT, last_login TEXT,
    locale TEXT NOT NULL, phone TEXT, ssn TEXT NOT NULL, internal_notes TEXT, created_at TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE preferences (
    tenant TEXT, user_id TEXT, document TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (tenant, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE preference_writes (
    tenant TEXT, user_id TEXT, idempotency_key TEXT, fingerprint TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (tenant, user_id, idempotency_key)
  ) STRICT, WITHOUT ROWID;`;

function fill(database: DatabaseSync): void {
  const addUser = database.prepare(`
    INSERT INTO users VALUES (:tenant, :id, :name, :email, :avatar_url, :last_login, :locale, :phone, :ssn, :internal_notes, :created_at)`);
  const addPreferences = database.prepare('INSERT INTO preferences VALUES (?, ?, ?, 1)');
  for (const [tenant, id] of accounts) {
    addUser.run({ tenant, ...seedUser(tenant, id) });
    addPreferences.run(tenant, id, JSON.stringify(seedPreferences(tenant, id)));
  }
}

const readUser: Route = {
  method: 'GET',
  pattern: '/api/v1/users/:id',
  isOfUser: true,
  cacheControl: aWhile,
  prepare({ database }) {
    const find = database.prepare(`
      SELECT id, name, email, avatar_url, last_login, locale, phone, ssn, internal_notes, created_at
      FROM users WHERE tenant = ? AND id = ?`);
    return ({ caller, id }) => {
      const body = find.get(caller.tid, id);
      if (!body) throw new Problem('not-found');
      return modifiedAt(body, [body['created_at'], body['last_login']]);
    };
  },
};

interface PreferencesRow {
  readonly document: string;
  readonly version: number;
}
const selectPreferences = 'SELECT document, version FROM preferences WHERE tenant = ? AND user_id = ?';

const hash = (...parts: readonly (string | number | Buffer)[]): string => {
  const sha = createHash('sha256');
  for (const part of parts) sha.update(String(part)).update('\0');
  return sha.digest('base64url').slice(0, 16);
};
/**
 * Returns the ETag. It includes a hash of the content, because after a restart of the in-memory database the
 * same version number denotes other content.
 */
const etagOf = ({ document, version }: PreferencesRow): string => `"${version}-${hash(document)}"`;
const preferencesAnswer = (row: PreferencesRow): Answer => ({
  headers: { ETag: etagOf(row) },
  body: JSON.parse(row.document),
});

const readPreferences: Route = {
  method: 'GET',
  pattern: '/api/v1/users/:id/preferences',
  isOfUser: true,
  cacheControl: confirmed,
  anyObject: true,
  prepare({ database }) {
    const find = database.prepare(selectPreferences);
    return ({ caller, id }) => {
      const row = find.get(caller.tid, id) as PreferencesRow | undefined;
      if (!row) throw new Problem('not-found');
      return preferencesAnswer(row);
    };
  },
};

/** Creates a route that writes the preferences. @param changed returns the new document for the stored one */
const writePreferences = (method: 'PATCH' | 'PUT', changed: (call: Call, document: Json) => Json): Route => ({
  method,
  pattern: '/api/v1/users/:id/preferences',
  isOfUser: true,
  anyObject: true,
  prepare({ database }) {
    const find = database.prepare(selectPreferences);
    const store = database.prepare(
      'UPDATE preferences SET document = ?, version = ? WHERE tenant = ? AND user_id = ?',
    );
    const findWrite = database.prepare(
      'SELECT fingerprint, answer FROM preference_writes WHERE tenant = ? AND user_id = ? AND idempotency_key = ?',
    );
    const storeWrite = database.prepare('INSERT INTO preference_writes VALUES (?, ?, ?, ?, ?)');

    const change = (call: Call): Answer => {
      const { caller, id, headers } = call;
      const row = find.get(caller.tid, id) as PreferencesRow | undefined;
      if (!row) throw new Problem('not-found');
      const document = changed(call, JSON.parse(row.document) as Json);
      requireMatch(headers['if-match'], etagOf(row));
      if (!isObject(document))
        throw new Problem('unprocessable', { detail: 'preferences must remain an object' });
      const next = { document: JSON.stringify(document), version: row.version + 1 };
      store.run(next.document, next.version, caller.tid, id);
      return preferencesAnswer(next);
    };

    return (call) =>
      inTransaction(database, () => {
        const { caller, id, headers, body } = call;
        const key = headers['idempotency-key'];
        if (typeof key !== 'string') return change(call);
        // Detects a repeated write before it checks the precondition, which the first write has invalidated.
        const fingerprint = hash(headers['if-match'] ?? '', body);
        const earlier = findWrite.get(caller.tid, id, key);
        if (!earlier) {
          const answer = change(call);
          storeWrite.run(caller.tid, id, key, fingerprint, JSON.stringify(answer));
          return answer;
        }
        if (earlier['fingerprint'] !== fingerprint)
          throw new Problem('unprocessable', {
            detail: 'the Idempotency-Key was used for a different change',
          });
        return JSON.parse(String(earlier['answer'])) as Answer;
      });
  },
});

const patchPreferences = writePreferences('PATCH', ({ headers, body }, document) =>
  mergePatch(document, readMergePatch(headers['content-type'], body)),
);
const replacePreferences = writePreferences('PUT', ({ body }) => readDocument(body));

/** Parses a JSON object. @throws {Problem} `bad-request` */
function readDocument(body: Buffer): Json {
  try {
    return JSON.parse(body.toString()) as Json;
  } catch {
    throw new Problem('bad-request', { detail: 'The body is not JSON.' });
  }
}

export const userFake: Service = {
  tables,
  fill,
  routes: [readUser, readPreferences, patchPreferences, replacePreferences],
};
