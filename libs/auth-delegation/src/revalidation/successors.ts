import { createHash } from 'node:crypto';
import { stateKey, type StateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { createSeal, type Seal } from '../login/seal.ts';
import { digest } from '../opaque.ts';
import type { SessionArea } from '../session/session-index.ts';
import type { Now } from '../time.ts';

/** Maximum sealed length in characters: more than any renewal token needs, although it is sealed twice. */
const maxLength = 16_384;
const purpose = 'successor';

/**
 * Stores successors of renewal tokens, for clients that did not receive the response. A successor is stored
 * under the digest of its predecessor. It is sealed with a key that is derived from the secret in the
 * predecessor, so that nobody can open it with the content of the store alone.
 */
export function createSuccessors(store: StateStore, kind: SessionArea, now: Now) {
  const keyUnder = (home: TenantId, textDigest: string): StateKey =>
    stateKey(home, kind, 'successor', textDigest);
  const sealFrom = (secret: string): Seal =>
    createSeal([createHash('sha256').update(`successor ${secret}`).digest()], { maxLength, now });

  return {
    /**
     * Stores a successor.
     * @param text the predecessor
     * @param secret the secret that the predecessor contains
     */
    async keep(
      home: TenantId,
      text: string,
      secret: string,
      successor: string,
      ttlMs: number,
    ): Promise<void> {
      const sealed = sealFrom(secret).seal({ successor }, purpose, Math.ceil(ttlMs / 1000));
      await store.set(keyUnder(home, digest(text)), sealed, ttlMs);
    },

    async find(home: TenantId, text: string, secret: string): Promise<string | undefined> {
      const sealed = await store.get(keyUnder(home, digest(text)));
      const opened = sealed && sealFrom(secret).open(sealed.toString(), purpose);
      return (opened as { readonly successor: string } | undefined)?.successor;
    },

    async drop(home: TenantId, digests: readonly string[]): Promise<void> {
      await Promise.all(digests.map((each) => store.delete(keyUnder(home, each))));
    },
  };
}
