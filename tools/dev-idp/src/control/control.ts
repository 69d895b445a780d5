import type { ClientMetadata, Provider } from 'oidc-provider';
import type { CallCounter, Calls } from './call-counter.ts';
import { findDemoUser } from '../demo-users.ts';
import { mintDevToken, type DevToken, type DevTokenRequest } from './dev-token.ts';
import type { Fault, Faults } from './faults.ts';
import { InvalidControl } from './invalid-control.ts';
import type { MemoryStore } from '../provider/memory-store.ts';
import type { ProviderClock } from '../provider/provider-clock.ts';
import type { KeyState, SigningKeys } from '../provider/signing-keys.ts';

/** Controls the provider for tests and chaos scripts. The same operations exist over HTTP, see the README. */
export interface DevIdpControl {
  /** Creates a new signing key. The old one stays in the JWKS, and sessions continue. */
  rotateKeys(): Promise<KeyState>;
  /** Removes every key except the signing one from the JWKS. */
  dropRetiredKeys(): KeyState;
  /**
   * Sets the difference of the provider's clock from the machine's clock, in seconds. A negative one sets it
   * back; 0 resets it.
   */
  setClock(offsetSeconds: number): void;
  setFault(fault: Fault): void;
  faults(): readonly Fault[];
  clearFaults(): void;
  /** Returns the calls by endpoint since the start or the last reset, also those affected by a fault. */
  calls(): Calls;
  resetCalls(): void;
  /**
   * Changes a client (RFC 7591 metadata, merged into its metadata) or registers a new one. @throws
   * {InvalidControl}
   */
  setClient(clientId: string, metadata: Omit<ClientMetadata, 'client_id'>): Promise<void>;
  setRedirectUris(clientId: string, redirectUris: readonly string[]): Promise<void>;
  /**
   * Disables or enables a user: a disabled one is issued no tokens. @throws {InvalidControl} for an unknown
   * user
   */
  setUserEnabled(id: string, isEnabled: boolean): void;
  /**
   * Issues an access token without a login. @throws {InvalidControl} for an unknown user or an empty audience
   */
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
  /** Creates a new provider with the current keys. */
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
      if (!findDemoUser(id)) throw new InvalidControl(`unknown user ${id}`);
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
