import { contextOf, isSameSecret, Problem } from '@bff/service-kit';
import express, { Router, type Request, type Response } from 'express';
import type { RetainingReceiver } from '../delivery/retaining-receiver.ts';
import { TokenRefused, type Refusal } from '../jwt/token-refused.ts';
import { providerProblem, ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { maxEventTokenBytes } from './security-event-token.ts';

export const signalsPath = '/signals';
const mediaType = 'application/secevent+jwt';

/** Error codes of RFC 8935, section 2.4. */
export type SignalError =
  'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience' | 'authentication_failed';

export interface SignalsEndpointOptions {
  readonly receiver: Pick<RetainingReceiver, 'receive'>;
  /** Expected `Authorization` of the transmitter. */
  readonly authorization: string;
}

/**
 * Creates `POST /signals`: push delivery of Security Event Tokens (RFC 8935). 202: the token was carried out,
 * now or earlier. 503: this process retains the token and carries it out later, unless the process crashes;
 * the transmitter may repeat it. 404: no transmitter is configured.
 */
export function signalsEndpoint(options: SignalsEndpointOptions | undefined): Router {
  const router = Router({ caseSensitive: true, strict: true });
  if (options) acceptSignals(router, options);
  else
    router.post(signalsPath, () => {
      throw new Problem('not-found');
    });
  router.all(signalsPath, () => {
    throw new Problem('method-not-allowed', { headers: { Allow: 'POST' } });
  });
  return router;
}

function acceptSignals(router: Router, { receiver, authorization }: SignalsEndpointOptions): void {
  router.post(
    signalsPath,
    (request, response, next) => {
      if (isSameSecret(request.headers.authorization ?? '', authorization)) next();
      else refuse(request, response, 'authentication_failed', 'authorization');
    },
    express.text({ type: mediaType, limit: maxEventTokenBytes, inflate: false }),
    async (request: Request, response: Response) => {
      if (typeof request.body !== 'string') throw new Problem('unsupported-media-type');
      try {
        await receiver.receive(request.body.trim());
        response.setHeader('Cache-Control', 'no-store');
        response.status(202).end();
      } catch (error) {
        if (error instanceof ProviderUnavailable) throw providerProblem(error);
        if (!(error instanceof TokenRefused)) throw error;
        refuse(request, response, errors[error.code] ?? 'invalid_request', error.code);
      }
    },
  );
}

function refuse(request: Request, response: Response, err: SignalError, reason: string): void {
  contextOf(request).log.warn({ reason }, 'security event token refused');
  response
    .status(400)
    .set({ 'Cache-Control': 'no-store', 'Content-Language': 'en' })
    .json({ err, description: descriptions[err] });
}

/** Error codes by refusal; every other refusal is `invalid_request`. */
const errors: Readonly<Partial<Record<Refusal, SignalError>>> = {
  issuer: 'invalid_issuer',
  audience: 'invalid_audience',
  'unknown-key': 'invalid_key',
  signature: 'invalid_key',
  algorithm: 'invalid_key',
};

const descriptions: Readonly<Record<SignalError, string>> = {
  invalid_request: 'The security event token is malformed, too old, or not of the type secevent+jwt.',
  invalid_key: 'The security event token is not signed with a published key.',
  invalid_issuer: 'The issuer is not the transmitter that is configured here.',
  invalid_audience: 'This service is not the audience of the security event token.',
  authentication_failed: 'The Authorization field does not have the configured value.',
};
