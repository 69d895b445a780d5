import type { Logger, StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';
import { createEndMarks, type EndMarks } from './end-marks.ts';

/** Maximum lifetime of an access token in milliseconds. */
const longestLifeMs = 30 * 86_400_000;

/**
 * Creates marks for access tokens of the provider. While the store is down, the marks that were last read
 * apply. A process that has not read them yet accepts all tokens, because the app also works without the
 * store.
 */
export const createTokenMarks = (store: StateStore, log: Logger, now?: Now): EndMarks =>
  createEndMarks({
    store,
    area: 'access',
    ttlMs: longestLifeMs,
    acceptsUnknown: true,
    log,
    ...(now && { now }),
  });
