import type { ClientMetadata, Provider } from 'oidc-provider';
import type { CallCounter, Calls } from './call-counter.ts';
import { findDemoUser } from '../demo-users.ts';
import { mintDevToken, type DevToken, type DevTokenRequest } from './dev-token.ts';
import type { Fault, Faults } from './faults.ts';
import { InvalidControl } from './invalid-control.ts';
import type { MemoryStore } from '../provider/memory-store.ts';
import type { ProviderClock } from '../provider/provider-clock.ts';
import type { KeyState, SigningKeys } from '../provider/signing-keys.ts';

/** What a test or a chaos script does to the provider. The same is spoken over HTTP, see the README. */
export interface DevIdpControl {
  /** Signs with a new key from now on; the old one stays in the JWKS, and sessions go on. */
  rotateKeys(): Promise<KeyState>;
  /** Takes every key but the signing one out of the JWKS. */
  dropRetiredKeys(): KeyState;
  /** Sets the provider's clock ahead of (or, negative, behind) the machine's; 0 sets it right. */
  setClock(offsetSeconds: number): void;
  setFault(fault: Fault): void;
  faults(): readonly Fault[];
  clearFaults(): void;
  /** Calls by endpoint since the start or the last reset, those that met a fault included. */
  calls(): Calls;
  resetCalls(): void;
  /** Changes a client (RFC 7591 metadata, merged over what it has) or registers a new one. @throws {InvalidControl} */
  setClient(clientId: string, metadata: Omit<ClientMetadata, 'client_id'>): Promise<void>;
  setRedirectUris(clientId: string, redirectUris: readonly string[]): Promise<void>;
  /** Nothing is issued for this user any more, until enabled again. @throws {InvalidControl} for an unknown user */
  setUserEnabled(id: string, isEnabled: boolean): void;
  /** @throws {InvalidControl} for an unknown user or an empty audience */
  devToken(request: DevTokenRequest): DevToken;
}

export interface Controlled {
  readonly issuer: string;
  readonly keys: SigningKeys;
  readonly store: MemoryStore;
  readonly clock: ProviderClock;
  readonly faults: Faults;
  readonly counter: CallCounter;
  readonly disabledUsers: Set<string>;
  provider(): Provider;
  /** Makes a provider with the keys of now. */
  renewProvider(): void;
}

export function createControl(controlled: Controlled): DevIdpControl {
  const { issuer, keys, store, clock, faults, counter, disabledUsers } = controlled;

  async function setClient(clientId: string, metadata: Omit<ClientMetadata, 'client_id'>): Promise<void> {
    const merged = { ...store.client(clientId), ...metadata, client_id: clientId };
    try {
      await controlled.provider().Client.validate(merged);
    } catch (cause) {
      throw new InvalidControl(`client ${clientId}: ${explain(cause)}`, { cause });
    }
    store.putClient(merged);
  }

  return {
    async rotateKeys() {
      await keys.rotate();
      controlled.renewProvider();
      return keys.state();
    },
    dropRetiredKeys() {
      keys.dropRetired();
      controlled.renewProvider();
      return keys.state();
    },
    setClock: (offsetSeconds) => clock.shift(offsetSeconds),
    setFault: (fault) => faults.set(fault),
    faults: () => faults.list(),
    clearFaults: () => faults.clear(),
    calls: () => counter.calls(),
    resetCalls: () => counter.reset(),
    setClient,
    setUserEnabled(id, isEnabled) {
      if (!findDemoUser(id)) throw new InvalidControl(`there is no user ${id}`);
      if (isEnabled) disabledUsers.delete(id);
      else disabledUsers.add(id);
    },
    setRedirectUris: (clientId, redirectUris) => setClient(clientId, { redirect_uris: redirectUris }),
    devToken: (request) => clock.run(() => mintDevToken(keys, issuer, request)),
  };
}

function explain(error: unknown): string {
  const { error_description, message } = error as { error_description?: string; message?: string };
  return error_description ?? message ?? 'the metadata is not valid';
}
