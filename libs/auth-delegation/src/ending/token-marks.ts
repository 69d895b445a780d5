import type { Logger, StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';
import { createEndMarks, type EndMarks } from './end-marks.ts';

/** Maximum lifetime of an access token in milliseconds. */
const longestLifeMs = 30 * 86_400_000;

/**
 * Creates marks for access tokens of the provider. Without the store they stay as last read, because the app
 * also serves without it.
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
