import {
  acceptsJsonPatch,
  syncHeaders,
  type DiffSync,
  type SyncAnswer,
  type SyncRequest,
} from '@bff/diff-sync';
import { callerOf } from '@bff/auth-delegation';
import type { ScreenAnswer } from '@bff/screens';
import type { Metrics } from '@bff/service-kit';
import type { Answer, Sender } from '@bff/shaping';
import type { Request, Response } from 'express';
import { createSyncMetrics } from './sync-metrics.ts';

export interface ScreenSender {
  /**
   * Returns a sender of complete answers, and of patches for clients that accept them (`A-IM`).
   * @param screen label of the metrics
   */
  to(screen: string): (request: Request, response: Response, answer: ScreenAnswer) => Promise<void>;
  /** Returns the answer with the entity tag of the complete view, whatever the client stored before. */
  named(request: Request, answer: ScreenAnswer): Promise<ScreenAnswer>;
}

export interface ScreenSenderOptions {
  readonly sync: DiffSync;
  readonly sender: Sender;
  readonly metrics: Metrics;
}

const vary = { Vary: 'Accept-Encoding, A-IM' };
const unconditional = { aIm: undefined, ifNoneMatch: undefined };

/** Creates the sender. Each view has one entity tag, from differential sync, for all its representations. */
export function createScreenSender({ sync, sender, metrics }: ScreenSenderOptions): ScreenSender {
  const countsOf = createSyncMetrics(metrics);

  function to(screen: string) {
    const count = countsOf(screen);
    return async function send(request: Request, response: Response, answer: ScreenAnswer): Promise<void> {
      const patches = takesPatches(request);
      const condition = patches
        ? { aIm: request.get('A-IM'), ifNoneMatch: request.get('If-None-Match') }
        : unconditional;
      const synced = await sync.sync({ ...syncRequest(request, answer), ...condition });
      // RFC 3229 identifies bases by entity tag, so with A-IM no `Last-Modified` is sent and no date is
      // evaluated.
      const complete = { ...completeAnswer(answer, synced), ...(patches && { lastModified: undefined }) };
      // Differential sync reports `not-modified` only if no selected member is degraded. Degraded sources of
      // other members are not listed, because an answer that lists degraded sources has no ETag.
      if (synced.kind === 'not-modified')
        sender.sendNotModified(response, { ...complete, degraded: [], token: synced.token });
      else if (synced.kind === 'full') await sender.send(request, response, complete);
      else {
        const { 'Content-Type': type = '', ETag: etag = '', ...headers } = syncHeaders(synced);
        const delta = { body: synced.body, type, etag, headers: { ...headers, ...vary } };
        await sender.sendDelta(request, response, complete, delta);
      }
      if (patches && request.method === 'GET') count(synced, response.statusCode);
    };
  }

  return {
    to,
    async named(request, answer) {
      const synced = await sync.sync({ ...syncRequest(request, answer), ...unconditional });
      return { ...answer, ...completeAnswer(answer, synced) };
    },
  };
}

/** Returns the request for differential sync, without the validators of the client. */
function syncRequest(
  request: Request,
  { view, visible, resource, variant, selection, degradedFields }: ScreenAnswer,
): Omit<SyncRequest, 'aIm' | 'ifNoneMatch'> {
  const { identity, tenant } = callerOf(request);
  return {
    view,
    visible,
    tenant: tenant.id,
    policyVersion: tenant.policyVersion,
    subject: identity.subject,
    device: identity.sessionId,
    resource,
    variant,
    selection,
    degradedFields,
  };
}

/**
 * Returns whether to answer by differential sync. Returns false for a request with `If-Match`, because that
 * takes precedence (RFC 9110, section 13.2.2) and is evaluated by the sender.
 */
const takesPatches = (request: Request): boolean =>
  request.headers['if-match'] === undefined && acceptsJsonPatch(request.get('A-IM'));

/** Returns the complete answer with its entity tag. */
function completeAnswer(answer: ScreenAnswer, synced: SyncAnswer): Answer {
  const { view, degraded, degradedFields } = answer;
  const kept = degradedFields === 'all' ? [] : degradedFields;
  const headers = { ...syncHeaders(synced.kind === 'full' ? synced : { kind: 'full', view, kept }), ...vary };
  // With degraded sources, `synced.token` can identify the client's patched view, which mixes old and new
  // members. It must not become the entity tag of the complete answer.
  return degraded.length > 0
    ? { ...answer, headers }
    : { ...answer, headers, token: synced.token, json: synced.json };
}
