import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { StateUnavailable, stateKey, type Logger, type Metrics, type StateStore } from '@bff/service-kit';
import type { RelyingParty } from '../login/relying-party.ts';
import { digest } from '../opaque.ts';
import type { SessionArea } from '../session/session-index.ts';
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
  /**
   * Milliseconds for which a session stays valid after its confirmation is due, while the provider is down.
   */
  readonly outageMs: number;
  /**
   * Whether each confirmation gives a new renewal token. default: only when the provider rotated its refresh
   * token
   */
  readonly alwaysRotates?: boolean;
  /**
   * Milliseconds after a rotation in which the predecessor gets the same successor although the new access
   * token was used, because two processes of an app may refresh at once. default 0
   */
  readonly graceMs?: number;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now?: Now;
}

/**
 * Outcome of confirming a session. If there is a `token`, it replaces the presented one.
 *
 * - `confirmed`: the session is valid until its next confirmation date.
 * - `extended`: the session stays valid for a while, because the provider is down or rejects this client.
 * - `ended`: the provider ended the session, so it was ended here.
 * - `unavailable`: provider or store do not respond, so the session could be neither confirmed nor extended.
 * - `reused`: the token was replaced, and either its successor was used, or the access token issued with the
 * successor was used and the grace period has expired.
 * - `unusable`: the token is forged, expired, or of another session.
 */
export type RevalidationOutcome =
  | {
      readonly kind: 'confirmed' | 'extended';
      readonly session: Session;
      readonly token?: string | undefined;
      /**
       * True if this repeats the response of an earlier refresh, which does not count as use of the session.
       */
      readonly isReplay?: boolean;
    }
  | { readonly kind: 'unavailable'; readonly token?: string | undefined }
  | { readonly kind: 'ended' | 'reused' | 'unusable' };

export interface Revalidation {
  /**
   * Creates the first renewal token of a session. Undefined, and logged, when the provider gave no refresh
   * token or one that is too long for the client: the session then ends at its first confirmation date.
   */
  begin(session: Session, refreshToken: string | undefined, accessToken?: string): string | undefined;
  /**
   * Refreshes at the provider unless the session was just confirmed. For any number of concurrent requests
   * and replicas, the provider is called once for each token.
   * @throws {StateUnavailable} only before the provider is called
   */
  confirm(handle: string, session: Session, text: string): Promise<RevalidationOutcome>;
  open(text: string): Renewal | undefined;
  /**
   * Revokes, at the provider, the refresh token that a renewal token contains. Never rejects, so that callers
   * need not wait.
   */
  revoke(text: string): Promise<void>;
}

/** Lifetime of the lock in milliseconds: longer than a call to the provider takes. */
const lockMs = 20_000;
const pollMs = 50;
/**
 * Milliseconds by which a session is extended while the provider is down; up to twice that, to spread the
 * retries.
 */
const extensionMs = 60_000;

/** A renewal token that the client has or will get. */
interface Held {
  readonly text: string;
  readonly renewal: Renewal;
  /** Digests of this token and its predecessors. */
  readonly storedUnder: readonly string[];
}

/**
 * Creates the confirmation of sessions at the provider, with the refresh token that each client stores sealed
 * (F34 to F36).
 */
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
            'identity provider is not responding: sessions that are due for revalidation stay valid',
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
        'the refresh token is too long for its client: this session ends when its confirmation is due',
      );
      return undefined;
    }
  }

  /** True in the first half of the interval, in which a client cannot cause another call to the provider. */
  const isFresh = (session: Session): boolean =>
    isConfirmed(session, now()) &&
    (session.confirmation === undefined || now() < session.confirmation.at + intervalMs / 2);

  /**
   * True when the successor was received and no other process of the app can still wait for the same
   * response.
   */
  const isAnswered = ({ confirmation }: Session): boolean =>
    confirmation?.accessTokens?.isUsed === true && now() >= confirmation.at + graceMs;

  /** Finds the newest token of this client, because several responses in a row may have been lost. */
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
      // The provider may reject the former refresh token, so the client has to get the new renewal token.
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

  /** Calls the provider. Only the request that holds the lock of the session does so. */
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
          'identity provider rejects this client: sessions due for confirmation stay valid',
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
        'the identity provider issued no refresh token: this session ends when its confirmation is due',
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
      // A client that presents a token has received it, so its predecessors are not needed.
      if (isOurs) await successors.drop(session.home, renewal.storedUnder).catch(() => undefined);
      return outcome;
    },
  };
}
