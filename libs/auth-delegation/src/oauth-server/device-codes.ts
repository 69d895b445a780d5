import { preTenantKey, type StateKey, type StateStore } from '@bff/service-kit';
import { openWith, publicKeyOf } from '../revalidation/carried-token.ts';
import { digest, isOpaque, mintOpaque } from '../opaque.ts';
import type { SessionFacts } from '../session/session.ts';
import type { Now } from '../time.ts';
import type { Granted } from './authorization-codes.ts';
import { deviceCodeGrant, mustAllow, type OAuthClient } from './clients.ts';
import { createPollingInterval } from './polling-interval.ts';
import { OAuthError } from './oauth-error.ts';
import { required } from './parameters.ts';
import { mintUserCode, parseUserCode } from './user-code.ts';

export interface DeviceCodesOptions {
  readonly store: StateStore;
  readonly ttlMs: number;
  readonly intervalMs: number;
  readonly now: Now;
}

/** A device that waits for the approval of its user. */
export interface WaitingDevice {
  readonly hash: string;
  readonly clientId: string;
  readonly publicKey: string;
}

interface DeviceRecord {
  readonly clientId: string;
  /** Public key for sealing the provider's refresh token; the private key is derived from the device code. */
  readonly publicKey: string;
  /** When the codes expire, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Decision of the user. */
export type Decision = { readonly facts: SessionFacts; readonly sealed?: string } | { readonly denied: true };

export type DeviceCodes = ReturnType<typeof createDeviceCodes>;

/**
 * Creates the device codes of RFC 8628. The record of a code never changes; the user's decision is stored
 * under a separate key, and only the first decision is stored.
 */
export function createDeviceCodes({ store, ttlMs, intervalMs, now }: DeviceCodesOptions) {
  const recordKey = (hash: string): StateKey => preTenantKey('device', hash);
  const decisionKey = (hash: string): StateKey => preTenantKey('device', 'decision', hash);
  const userKey = (userCode: string): StateKey => preTenantKey('device', 'user', digest(userCode));
  const polling = createPollingInterval(store, intervalMs, 2 * ttlMs, now);

  /** Reserves a user code, so that two devices never show the same one at the same time. */
  async function reserve(hash: string): Promise<string> {
    for (;;) {
      const userCode = mintUserCode();
      if (await store.add(userKey(userCode), hash, ttlMs)) return userCode;
    }
  }

  async function read(hash: string): Promise<DeviceRecord | undefined> {
    const bytes = await store.get(recordKey(hash));
    return bytes && (JSON.parse(bytes.toString()) as DeviceRecord);
  }

  return {
    async begin({ clientId }: OAuthClient): Promise<{ deviceCode: string; userCode: string }> {
      const deviceCode = mintOpaque();
      const hash = digest(deviceCode);
      const record: DeviceRecord = {
        clientId,
        publicKey: publicKeyOf(deviceCode),
        expiresAt: now() + ttlMs,
      };
      // Kept for twice the lifetime, so that a late device gets `expired_token` instead of `invalid_grant`.
      await store.set(recordKey(hash), JSON.stringify(record), 2 * ttlMs);
      return { deviceCode, userCode: await reserve(hash) };
    },

    async waiting(typed: string): Promise<WaitingDevice | undefined> {
      const userCode = parseUserCode(typed);
      const hash = userCode && (await store.get(userKey(userCode)))?.toString();
      const record = hash ? await read(hash) : undefined;
      return hash && record && now() < record.expiresAt ? { hash, ...record } : undefined;
    },

    /** Stores the decision. Resolves to false if a decision had been stored before. */
    async decide({ hash }: WaitingDevice, typed: string, decision: Decision): Promise<boolean> {
      const first = await store.add(decisionKey(hash), JSON.stringify(decision), ttlMs);
      const userCode = parseUserCode(typed);
      if (userCode) await store.delete(userKey(userCode));
      return first;
    },

    /** Handles a poll of the token endpoint (RFC 8628, section 3.5). @throws {OAuthError} */
    async redeem(parameters: URLSearchParams, client: OAuthClient): Promise<Granted> {
      mustAllow(client, deviceCodeGrant);
      const deviceCode = required(parameters, 'device_code');
      const hash = digest(deviceCode);
      const record = isOpaque(deviceCode) ? await read(hash) : undefined;
      if (record?.clientId !== client.clientId) throw invalidGrant();
      if (now() >= record.expiresAt) throw new OAuthError('expired_token');
      const bytes = await store.get(decisionKey(hash));
      if (!bytes)
        throw new OAuthError((await polling.isTooEarly(hash)) ? 'slow_down' : 'authorization_pending');
      const decision = JSON.parse(bytes.toString()) as Decision;
      if ('denied' in decision) throw new OAuthError('access_denied');
      // Of several concurrent polls that read the decision, only one redeems the code.
      if (!(await store.take(recordKey(hash)))) throw invalidGrant();
      const { facts, sealed } = decision;
      return {
        facts,
        grant: hash,
        refreshToken: sealed === undefined ? undefined : openWith(deviceCode, sealed),
      };
    },
  };
}

const invalidGrant = (): OAuthError => new OAuthError('invalid_grant', 'the device code is not valid');
