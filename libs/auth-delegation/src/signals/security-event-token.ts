import { decodeJwt } from 'jose';
import { z } from 'zod';
import { signatureAlgorithms } from '../jwt/algorithms.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import type { FindKey } from '../jwt/remote-keys.ts';
import { verifiedStatement } from '../jwt/verified-claims.ts';
import { epochSeconds, type Now } from '../time.ts';
import { effectOf, shortName, type SignalEffect } from './event-effects.ts';
import { readSubject, type SignalSubject } from './subject-identifiers.ts';

export interface SecurityEventRules {
  /** The transmitter, as in `iss`. */
  readonly issuer: string;
  /** Name of this receiver, as in `aud`. */
  readonly audience: string;
  readonly findKey: FindKey;
  /** Issuers whose `sub` equals the `sub` of our ID tokens. */
  readonly subjectIssuers: readonly string[];
  readonly isEmailSubject: boolean;
  readonly clockToleranceSeconds: number;
  readonly now: Now;
}

/** One event of a token (RFC 8417). */
export interface SecurityEvent {
  readonly name: string;
  readonly effect: SignalEffect;
  readonly subject: SignalSubject;
  /** When it happened, in seconds since 1970 by the transmitter's clock. */
  readonly at: number;
}

export interface SecurityEvents {
  readonly issuer: string;
  readonly jti: string;
  /** Transaction that caused the event; for logs. */
  readonly txn: string | undefined;
  readonly events: readonly SecurityEvent[];
}

/** Maximum bytes of a token, and of a request body. */
export const maxEventTokenBytes = 32_768;
/** Maximum age of an event in seconds; no session lives longer. */
const maxEventAgeSeconds = 90 * 86_400;
const maxEvents = 10;
/**
 * An event time above this number is read as milliseconds instead of seconds, because the examples of CAEP
 * 1.0 contain milliseconds.
 */
const firstMs = 100_000_000_000;

const text = z.string().min(1).max(255);
const schema = z.looseObject({
  jti: text,
  txn: z.union([text, z.number()]).optional(),
  toe: z.number().optional(),
  sub_id: z.unknown().optional(),
  events: z
    .record(z.string(), z.looseObject({}))
    .refine((events) => Object.keys(events).length > 0 && Object.keys(events).length <= maxEvents),
});

/**
 * Verifies a Security Event Token (RFC 8417, profiled by the Shared Signals Framework 1.0): type, signature,
 * issuer, audience, dates.
 * @throws {TokenRefused}
 * @throws {ProviderUnavailable} when no key was ever fetched
 */
export async function verifiedEvents(token: string, rules: SecurityEventRules): Promise<SecurityEvents> {
  const { issuer, audience, clockToleranceSeconds, now } = rules;
  const claims = await verifiedStatement(token, {
    keys: { find: rules.findKey },
    algorithms: signatureAlgorithms,
    issuer,
    audience,
    typ: 'secevent+jwt',
    requiredClaims: ['jti', 'events'],
    clockToleranceSeconds,
    maxTokenBytes: maxEventTokenBytes,
    now,
  });
  const { success, data } = schema.safeParse(claims);
  if (!success) throw new TokenRefused('claims');
  if (claims.iat < epochSeconds(now) - maxEventAgeSeconds) throw new TokenRefused('lifetime', 'iat');
  const events = Object.entries(data.events).map(([type, details]): SecurityEvent => {
    const effect = effectOf(type, details);
    return {
      name: shortName(type),
      effect,
      subject: subjectOf(effect, data.sub_id ?? details['subject'], rules),
      at: timeOf(details['event_timestamp'] ?? data.toe, claims.iat, clockToleranceSeconds),
    };
  });
  return { issuer, jti: data.jti, txn: data.txn === undefined ? undefined : String(data.txn), events };
}

/** Returns whether an unverified token claims to be from the transmitter and for this receiver. */
export function mayBeEventsForUs(
  token: string,
  { issuer, audience }: Pick<SecurityEventRules, 'issuer' | 'audience'>,
): boolean {
  if (token.length > maxEventTokenBytes) return false;
  try {
    const claims = decodeJwt(token);
    return claims.iss === issuer && [claims.aud].flat().includes(audience);
  } catch {
    return false;
  }
}

function subjectOf(effect: SignalEffect, value: unknown, rules: SecurityEventRules): SignalSubject {
  if (effect === 'none' || effect === 'verification') return { users: [], sessions: [] };
  return readSubject(value, {
    issuers: rules.subjectIssuers,
    isEmailSubject: rules.isEmailSubject,
    opaqueNames: effect === 'end-session' ? 'session' : 'user',
  });
}

/**
 * Returns when the event happened. If that is later than the issue of the token by more than the tolerance,
 * the time of issue replaces it, so that the event does not end sessions that begin in the future.
 */
function timeOf(said: unknown, issuedAt: number, toleranceSeconds: number): number {
  if (typeof said !== 'number' || said <= 0) return issuedAt;
  const seconds = Math.floor(said > firstMs ? said / 1000 : said);
  return seconds > issuedAt + toleranceSeconds ? issuedAt : seconds;
}
