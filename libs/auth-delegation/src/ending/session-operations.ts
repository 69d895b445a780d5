import { StateFull, StateUnavailable, type Logger, type Operation } from '@bff/service-kit';
import { digestOf } from '../opaque.ts';
import type { SelectedSessions } from '../session/selected-sessions.ts';
import type { Session } from '../session/session.ts';
import type { Now } from '../time.ts';
import type { EndMarks } from './end-marks.ts';
import { parseOperatorRequest, type OperatorRequest } from './operator-request.ts';

export interface SessionOperationsOptions {
  /** Target of the operations: the sessions of a store, or marks that end access tokens of the provider. */
  readonly endings: SelectedSessions | Pick<EndMarks, 'add'>;
  /** Identity provider that issued the subjects which operators name. */
  readonly issuer: string;
  readonly log: Logger;
  readonly now?: Now;
}

export type SessionAction = 'count' | 'list' | 'end';

/**
 * Operations for operators, called through the management port or a command-line option. Each writes one
 * audit line at every log level.
 */
export type SessionOperations = Readonly<Record<SessionAction, Operation>>;

interface Result {
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Number of counted, listed or ended sessions, for the audit line. */
  readonly sessions?: number;
}

/**
 * Creates the operations on the sessions or tokens of an app.
 *
 * @example
 * operations: { byPath: operationPaths(createSessionOperations({ endings: sessions, issuer, log })), ... }
 */
export function createSessionOperations(options: SessionOperationsOptions): SessionOperations {
  const { endings, issuer, log, now = Date.now } = options;
  const audit = log.child({}, { level: 'info' });

  async function act(action: SessionAction, { target, before, limit }: OperatorRequest): Promise<Result> {
    const selector = { target, before };
    if ('add' in endings) {
      if (action !== 'end') return refused(400, 'this app stores no sessions to count or list');
      await endings.add(target, before);
      return { status: 200, answer: { before: time(before) } };
    }
    switch (action) {
      case 'count': {
        const count = await endings.count(selector);
        return { status: 200, answer: { count }, sessions: count };
      }
      case 'list': {
        const found = await endings.sample(selector, limit);
        const answer = { sessions: found.map(entryOf), complete: found.length < limit };
        return { status: 200, answer, sessions: found.length };
      }
      case 'end': {
        const ended = await endings.endSelected(selector);
        return { status: 200, answer: { ended, before: time(before) }, sessions: ended };
      }
    }
  }

  const operation =
    (action: SessionAction): Operation =>
    async (body) => {
      const request = parseOperatorRequest(body, { issuer, now });
      if ('error' in request) return [400, request];
      const result = await act(action, request).catch((error: unknown) => failed(error, request));
      audit.info({ ...auditOf(action, request), ...outcomeOf(result) }, 'session operation by an operator');
      return [result.status, result.answer];
    };
  return { count: operation('count'), list: operation('list'), end: operation('end') };
}

/** Returns the operations by their path on the management port. */
export const operationPaths = ({
  count,
  list,
  end,
}: SessionOperations): Readonly<Record<string, Operation>> => ({
  '/sessions/count': count,
  '/sessions/list': list,
  '/sessions/end': end,
});

const refused = (status: number, error: string): Result => ({ status, answer: { error } });

/**
 * Creates the 503 for an unavailable store. Repeating the request with the same `before` ends the remaining
 * sessions and no newer ones.
 */
function failed(error: unknown, { before }: OperatorRequest): Result {
  if (!(error instanceof StateUnavailable)) throw error;
  const reason = error instanceof StateFull ? error.message : 'the state store is not responding';
  return { status: 503, answer: { error: `${reason}: repeat the request`, before: time(before) } };
}

/**
 * Returns the audit line. It contains only a digest of the user:
 * `base64url(SHA-256('["<issuer>","<subject>"]'))`.
 */
function auditOf(action: SessionAction, { by, why, target, before }: OperatorRequest) {
  return {
    ...(target.kind === 'tenant' && { tenant: target.tenant }),
    audit: `sessions.${action}`,
    by,
    why,
    of: target.kind,
    ...(target.kind === 'client' && { client_id: target.clientId }),
    ...(target.kind === 'subject' && { subject_digest: digestOf(target.issuer, target.subject) }),
    before: time(before),
  };
}

const outcomeOf = ({ status, sessions }: Result) => ({
  status,
  ...(sessions !== undefined && { sessions }),
});

/** Returns a session without its handle. */
function entryOf(session: Session) {
  const { id, home, subject, clientId, device, createdAt, lastSeenAt, endsAt } = session;
  return {
    tenant: home,
    id,
    subject,
    ...(clientId !== undefined && { client_id: clientId }),
    device,
    created_at: time(createdAt),
    last_seen_at: time(lastSeenAt),
    ends_at: time(endsAt),
  };
}

const time = (epochMs: number): string => new Date(epochMs).toISOString();
