import { preTenantKey, type Logger, type Metrics, type StateStore } from '@bff/service-kit';
import { once } from '../delivery/once.ts';
import { createRetainingReceiver, type RetainingReceiver } from '../delivery/retaining-receiver.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import { createRemoteKeys } from '../jwt/remote-keys.ts';
import { digestOf } from '../opaque.ts';
import { createProviderFetch, type ProviderAddress } from '../provider/provider-fetch.ts';
import { ageOfKeys } from '../provider/provider.ts';
import type { Now } from '../time.ts';
import {
  mayBeEventsForUs,
  verifiedEvents,
  type SecurityEvent,
  type SecurityEvents,
} from './security-event-token.ts';
import type { SignalActions } from './signal-actions.ts';
import type { Transmitter } from './signal-settings.ts';

export interface SignalReceiverOptions extends Transmitter {
  /** The identity provider whose users the events concern. */
  readonly provider: ProviderAddress;
  /**
   * Claim that is the subject of users. If it is `email`, subject identifiers of the format `email` identify
   * users too.
   */
  readonly subjectClaim: string;
  readonly actions: SignalActions;
  readonly store: StateStore;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now?: Now;
}

const clockToleranceSeconds = 30;
/**
 * Milliseconds for which a token is recorded as carried out. A token that is delivered again later is carried
 * out again. This does no harm, because an event ends nothing that began after it.
 */
const rememberMs = 3_600_000;
const maxPending = 10_000;

/**
 * Creates the receiver of Security Event Tokens of one transmitter. Each token is carried out once, in any
 * order: an event ends only sessions that began before it, so a late event ends no newer sessions. Tokens are
 * retained while keys or store are unavailable, like logout tokens (F37, F38).
 */
export function createSignalReceiver(options: SignalReceiverOptions): RetainingReceiver {
  const { issuer, audience, jwksUri, provider, subjectClaim, actions, store, log, now = Date.now } = options;
  const counter = options.metrics.counter(
    'bff_signals_total',
    'Events of the shared signals transmitter, by event and result',
    ['event', 'result'],
  );
  const rules = {
    issuer,
    audience,
    findKey: createRemoteKeys({ uris: [jwksUri], ...ageOfKeys, fetch: createProviderFetch(provider), now })(),
    subjectIssuers: [provider.issuer, issuer],
    isEmailSubject: subjectClaim === 'email',
    clockToleranceSeconds,
  };

  async function apply({ effect, subject: { users, sessions }, at }: SecurityEvent): Promise<number> {
    let concerned = 0;
    if (effect === 'end-session' && sessions.length > 0)
      for (const sid of sessions) concerned += await actions.endSession(sid, users, at);
    else if (effect === 'end-session' || effect === 'end-user')
      for (const user of users) concerned += await actions.endUser(user, at);
    else if (effect === 'confirm-user')
      for (const user of users) concerned += await actions.confirmUser(user, at);
    return concerned;
  }

  async function act({ events, txn }: SecurityEvents): Promise<void> {
    for (const event of events) {
      const concerned = await apply(event);
      const result = resultOf(event, concerned);
      counter.labels(event.name, result).inc();
      const line = { event: event.name, result, concerned, ...(txn !== undefined && { txn }) };
      log[result === 'unmapped' ? 'warn' : 'info'](line, 'signal received');
    }
  }

  return createRetainingReceiver<SecurityEvents>({
    name: 'security event token',
    verify: (token, at) => verifiedEvents(token, { ...rules, now: at }),
    mayBeForUs: (token) => mayBeEventsForUs(token, rules),
    act,
    async actOnce(events) {
      const key = preTenantKey('replay', 'signal', digestOf(events.issuer, events.jti));
      try {
        await once({ key, store, rememberMs, act: () => act(events) });
      } catch (error) {
        // Not an error: a transmitter that did not receive the response sends the token again (RFC 8935).
        if (!(error instanceof TokenRefused) || error.code !== 'replayed') throw error;
        for (const { name } of events.events) counter.labels(name, 'replayed').inc();
      }
    },
    maxPending,
    log,
    now,
  });
}

function resultOf({ effect, subject }: SecurityEvent, concerned: number): string {
  if (effect === 'verification') return 'verified';
  if (effect === 'none') return 'ignored';
  if (subject.users.length + subject.sessions.length === 0) return 'unmapped';
  return concerned > 0 ? 'applied' : 'nobody';
}
