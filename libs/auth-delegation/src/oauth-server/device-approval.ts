import { preTenantKey, type StateStore } from '@bff/service-kit';
import { sealTo } from '../revalidation/carried-token.ts';
import { digestOf } from '../opaque.ts';
import { sessionFacts, type SessionFacts } from '../session/session.ts';
import type { ClientRegister, OAuthClient } from './clients.ts';
import type { Decision, DeviceCodes, WaitingDevice } from './device-codes.ts';

/** Result of a lookup; `limited` after ten wrong codes in ten minutes, which prevents guessing. */
export type DeviceLookup =
  | { readonly kind: 'found'; readonly client: OAuthClient }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'limited' };

export interface DeviceApproval {
  /**
   * Finds the device that a user is about to approve.
   * @param by identifies the user who enters codes; wrong codes are counted for each user
   */
  findDevice(userCode: string, by: string): Promise<DeviceLookup>;
  approveDevice(userCode: string, facts: SessionFacts, refreshToken?: string): Promise<DeviceLookup>;
  denyDevice(userCode: string, by: string): Promise<DeviceLookup>;
}

type Found = { readonly kind: 'found'; readonly client: OAuthClient; readonly device: WaitingDevice };

const wrongCodes = { most: 10, withinMs: 600_000 };

/**
 * Creates the user's side of the device flow (RFC 8628, section 3.3), with protection against guessing
 * (section 5.1).
 */
export function createDeviceApproval(
  store: StateStore,
  devices: DeviceCodes,
  clients: ClientRegister,
): DeviceApproval {
  /**
   * Finds the device of a code. Counts an attempt as wrong before the lookup and subtracts it if the code is
   * right, so that concurrent guesses count too.
   */
  async function lookup(
    userCode: string,
    by: string,
  ): Promise<Found | Exclude<DeviceLookup, { kind: 'found' }>> {
    const key = preTenantKey('limit', 'user-code', digestOf(by));
    if ((await store.increment(key, 1, wrongCodes.withinMs)) > wrongCodes.most) return { kind: 'limited' };
    const device = await devices.waiting(userCode);
    const client = device && clients.find(device.clientId);
    if (!device || !client) return { kind: 'unknown' };
    await store.increment(key, -1, wrongCodes.withinMs);
    return { kind: 'found', device, client };
  }

  async function decide(
    userCode: string,
    by: string,
    decision: (device: WaitingDevice) => Decision,
  ): Promise<DeviceLookup> {
    const found = await lookup(userCode, by);
    if (found.kind !== 'found') return found;
    const first = await devices.decide(found.device, userCode, decision(found.device));
    return first ? { kind: 'found', client: found.client } : { kind: 'unknown' };
  }

  return {
    async findDevice(userCode, by) {
      const found = await lookup(userCode, by);
      return found.kind === 'found' ? { kind: 'found', client: found.client } : found;
    },
    approveDevice: (userCode, facts, refreshToken) =>
      decide(userCode, JSON.stringify([facts.issuer, facts.subject]), ({ publicKey }) => ({
        facts: sessionFacts(facts),
        ...(refreshToken !== undefined && { sealed: sealTo(publicKey, refreshToken) }),
      })),
    denyDevice: (userCode, by) => decide(userCode, by, () => ({ denied: true })),
  };
}
