import { createMemoryStore } from '@bff/service-kit';
import { createRelyingParty, type RelyingParty, type RelyingPartyOptions } from '../../src/index.ts';

export const callbackUri = 'https://app.example/auth/callback';

/** Creates the relying party for a provider of a test. */
export const partyOf = (options: Partial<RelyingPartyOptions> & { readonly issuer: string }): RelyingParty =>
  createRelyingParty({
    clientId: 'web-bff',
    clientSecret: 'the-secret',
    redirectUri: callbackUri,
    allowInsecure: true,
    replayStore: createMemoryStore(),
    ...options,
  });
