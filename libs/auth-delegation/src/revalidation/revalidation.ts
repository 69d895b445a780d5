import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { StateUnavailable, stateKey, type Logger, type Metrics, type StateStore } from '@bff/service-kit';
import type { RelyingParty } from '../login/relying-party.ts';
import { digest } from '../opaque.ts';
import type { SessionArea } from '../session/anchors.ts';
import type { SessionStore } from '../session/session-store.ts';
import { isConfirmed, type Session } from '../session/session.ts';
import type { Now } from '../time.ts';
import { namesAfter, nextAccessToken } from './access-tokens.ts';
import { confirmedBy, extendedUntil, isSameUser } from './confirmation.ts';
import { ProviderGate } from './provider-gate.ts';
import type { RefreshOutcome } from './refresh-outcome.ts';
import type { Renewal, RenewalTokens } from './renewal-tokens.ts';
import { createSuccessors } from './successors.ts';

export interface RevalidationOptions {
  readonly store: StateStore;
  readonly kind: SessionArea;
  readonly sessions: SessionStore;
  readonly party: Pick<RelyingParty, 'refresh' | 'revoke'>;
  readonly tokens: RenewalTokens;
  /** Milliseconds after which the provider has to confirm a session again. */
  readonly intervalMs: number;
  /** Milliseconds for which a session that is due lives on while the provider does not answer. */
  readonly outageMs: number;
  /** Whether each confirmation gives another renewal token. Default: only when the provider gave another refresh token. */
  readonly alwaysRotates?: boolean;
  /**
   * Milliseconds after a rotation for which the predecessor gets the same successor, although the access token that came with it
   * was used: two processes of one app may refresh at once. Default 0.
   */
  readonly graceMs?: number;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now?: Now;
}

/**
 * What came of the attempt to confirm a session. `token`, where there is one, replaces the one that was presented.
 *
 * - `confirmed`: the session may be used until its next date.
 * - `extended`: the same, because the provider does not answer.
 * - `ended`: the provider has ended it, so it has ended here.
 * - `unavailable`: provider or store do not answer, and the session cannot be used without them.
 * - `reused`: the token was replaced, and its successor was used, or the access token beside that and the grace is over.
 * - `unusable`: the token is forged, expired, or of another session.
 */
export type RevalidationOutcome =
  | {
      readonly kind: 'confirmed' | 'extended';
      readonly session: Session;
      readonly token?: string | undefined;
      /** The answer of an earlier refresh once more: no use of the session. */
      readonly isReplay?: boolean;
    }
  | { readonly kind: 'unavailable'; readonly token?: string | undefined }
  | { readonly kind: 'ended' | 'reused' | 'unusable' };

export interface Revalidation {
  /**
   * The first renewal token of a session. Undefined, with one line in the log, when the provider gave no refresh token, or one
   * that is too long for its client to keep: the session ends at its first date then.
   */
  begin(session: Session, refreshToken: string | undefined, accessToken?: string): string | undefined;
  /**
   * Asks the provider, unless it has just confirmed the session: once for a token, however many requests and replicas.
   * @throws {StateUnavailable} before the provider was called
   */
  confirm(handle: string, session: Session, text: string): Promise<RevalidationOutcome>;
  open(text: string): Renewal | undefined;
  /** Revokes what is inside at the provider. Nobody has to wait for it: it never rejects. */
  revoke(text: string): Promise<void>;
}

/** Longer than a call to the provider takes. */
const lockMs = 20_000;
const pollMs = 50;
/** For which a session is extended while the provider is away; up to twice that, so that not all come back at once. */
const extensionMs = 60_000;

/** A renewal token that the client has, or can be given. */
interface Held {
  readonly text: string;
  readonly renewal: Renewal;
  /** Digests of this token and of those that lead to it. */
  readonly storedUnder: readonly string[];
}

/** Confirms sessions at the provider, by the refresh token that each client keeps sealed (F34 to F36). */
export function createRevalidation(options: RevalidationOptions): Revalidation {
  const { store, kind, sessions, party, tokens, intervalMs, outageMs, alwaysRotates = false, log } = options;
  const { metrics, graceMs = 0, now = Date.now } = options;
  const successors = createSuccessors(store, kind, now);
  const counter = metrics.counter(
    'bff_revalidations_total',
    'Attempts to confirm a session at the identity provider, by result',
    ['result'],
  );
  const gate = new ProviderGate({
    now,
    onChange: (isAway) =>
      isAway
        ? log.warn(
            { for_seconds: outageMs / 1000 },
            'identity provider is not responding: due sessions live on',
          )
        : log.info('identity provider responds again'),
  });
  const lifetimeMs = ({ endsAt }: Session): number => Math.max(1, endsAt - now());
  const mint = (session: Session, renewal: Omit<Renewal, 'secret'>): string =>
    tokens.mint(renewal, Math.ceil(lifetimeMs(session) / 1000));
  function mintFitting(session: Session, renewal: Omit<Renewal, 'secret'>): string | undefined {
    try {
      return mint(session, renewal);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      log.error(
        { session_id: session.id },
        'the refresh token is too long for its client to keep: this session ends when it has to be confirmed',
      );
      return undefined;
    }
  }

  /** The first half of the interval: no client can make us call the provider more often. */
  const isFresh = (session: Session): boolean =>
    isConfirmed(session, now()) &&
    (session.confirmation === undefined || now() < session.confirmation.at + intervalMs / 2);

  /** The successor has arrived, and no other process of the app can still wait for the same answer. */
  const isAnswered = ({ confirmation }: Session): boolean =>
    confirmation?.accessTokens?.isUsed === true && now() >= confirmation.at + graceMs;

  /** The newest token that was made for this client: several answers may have been lost, one after the other. */
  async function newest({ home }: Session, text: string, renewal: Renewal): Promise<Held> {
    let held: Held = { text, renewal, storedUnder: [digest(text)] };
    for (;;) {
      const next = await successors.find(home, held.text, held.renewal.secret);
      const opened = next === undefined ? undefined : tokens.open(next);
      if (next === undefined || opened === undefined) return held;
      const storedUnder = [...held.storedUnder, digest(next)];
      held = { text: next, renewal: opened, storedUnder };
    }
  }

  async function callProvider(refreshToken: string): Promise<RefreshOutcome> {
    if (!gate.admits()) return { kind: 'unavailable' };
    const outcome = await party.refresh(refreshToken);
    if (outcome.kind === 'unavailable') gate.failed();
    else gate.answered();
    return outcome;
  }

  async function end(handle: string, session: Session, reason: string): Promise<RevalidationOutcome> {
    await sessions.end(handle);
    log.info(
      { session_id: session.id, tenant: session.home, reason },
      'session ended by the identity provider',
    );
    return { kind: 'ended' };
  }

  async function succeed(
    handle: string,
    session: Session,
    { text, renewal, storedUnder }: Held,
    { refreshToken, login }: Extract<RefreshOutcome, { kind: 'confirmed' }>,
  ): Promise<RevalidationOutcome> {
    if (login && !isSameUser(login, session)) return end(handle, session, 'other user or tenant');
    const rotates = alwaysRotates || refreshToken !== renewal.refreshToken;
    const { accessToken } = renewal;
    const changesAccess = alwaysRotates && accessToken !== undefined;
    const nextAccess = changesAccess ? nextAccessToken(accessToken) : accessToken;
    const next = {
      ...renewal,
      refreshToken,
      accessToken: nextAccess,
      generation: renewal.generation + 1,
      storedUnder,
    };
    const successor = rotates ? mintFitting(session, next) : undefined;
    const token = successor ?? text;
    try {
      if (successor !== undefined)
        await successors.keep(session.home, text, renewal.secret, successor, lifetimeMs(session));
      const { generation } = successor === undefined ? renewal : next;
      const { accessTokens = undefined } = session.confirmation ?? {};
      const confirmed = await sessions.change(handle, session, (each) =>
        confirmedBy(each, login, {
          ...{ at: now(), until: now() + intervalMs, generation },
          accessTokens:
            changesAccess && successor !== undefined
              ? namesAfter(each, accessToken, nextAccess as string)
              : accessTokens,
        }),
      );
      return confirmed ? { kind: 'confirmed', session: confirmed, token } : { kind: 'ended' };
    } catch (error) {
      // The provider may not accept the former refresh token again: the client has to get this one.
      if (error instanceof StateUnavailable) return { kind: 'unavailable', token };
      throw error;
    }
  }

  async function extend(
    handle: string,
    session: Session,
    token: string | undefined,
  ): Promise<RevalidationOutcome> {
    const until = Math.round(now() + extensionMs * (1 + Math.random()));
    const extended = await sessions.change(handle, session, (each) =>
      extendedUntil(each, until, intervalMs + outageMs),
    );
    if (!extended) return { kind: 'ended' };
    return isConfirmed(extended, now())
      ? { kind: 'extended', session: extended, token }
      : { kind: 'unavailable', token };
  }

  /** By one request at a time. */
  async function confirmAtProvider(
    handle: string,
    session: Session,
    held: Held,
    token: string | undefined,
  ): Promise<RevalidationOutcome> {
    const outcome = await callProvider(held.renewal.refreshToken);
    switch (outcome.kind) {
      case 'confirmed':
        return succeed(handle, session, held, outcome);
      case 'ended':
        return end(handle, session, outcome.reason);
      case 'refused':
        log.error(
          { reason: outcome.reason },
          'identity provider refuses this client: sessions that are due live on',
        );
        return extend(handle, session, token);
      case 'unavailable':
        return extend(handle, session, token);
    }
  }

  async function confirm(
    handle: string,
    before: Session,
    text: string,
    renewal: Renewal,
  ): Promise<RevalidationOutcome> {
    const lock = stateKey(before.home, kind, 'revalidating', before.id);
    const owner = randomBytes(12).toString('base64url');
    for (
      const giveUpAt = performance.now() + lockMs;
      performance.now() < giveUpAt;
      await setTimeout(pollMs)
    ) {
      const isOwner = await store.add(lock, owner, lockMs);
      try {
        const session = await sessions.reload(handle, before);
        if (!session) return { kind: 'ended' };
        const held = await newest(session, text, renewal);
        if (held.renewal.generation < (session.confirmation?.generation ?? 0)) return { kind: 'reused' };
        const token = held.text === text ? undefined : held.text;
        if (token !== undefined && isAnswered(session)) return { kind: 'reused' };
        if (isFresh(session)) return { kind: 'confirmed', session, token, isReplay: token !== undefined };
        if (isOwner) return await confirmAtProvider(handle, session, held, token);
      } finally {
        if (isOwner) await store.deleteIf(lock, owner).catch(() => false);
      }
    }
    return { kind: 'unavailable' };
  }

  return {
    open: tokens.open,
    async revoke(text) {
      const renewal = tokens.open(text);
      if (renewal && !(await party.revoke(renewal.refreshToken)))
        log.info({ session_id: renewal.sessionId }, 'identity provider did not revoke a refresh token');
    },
    begin(session, refreshToken, accessToken) {
      const { id: sessionId } = session;
      if (refreshToken !== undefined)
        return mintFitting(session, { refreshToken, sessionId, accessToken, generation: 0, storedUnder: [] });
      log.warn(
        { session_id: sessionId },
        'the identity provider gave no refresh token: this session ends when it has to be confirmed',
      );
      return undefined;
    },
    async confirm(handle, session, text) {
      const renewal = tokens.open(text);
      const isOurs = renewal?.sessionId === session.id;
      const outcome = isOurs
        ? await confirm(handle, session, text, renewal)
        : ({ kind: 'unusable' } as const);
      counter.labels(outcome.kind).inc();
      // A client that presents a token has received it: those that led to it are not needed any more.
      if (isOurs) await successors.drop(session.home, renewal.storedUnder).catch(() => undefined);
      return outcome;
    },
  };
}
