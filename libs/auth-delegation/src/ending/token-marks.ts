import type { Logger, StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';
import { createEndMarks, type EndMarks } from './end-marks.ts';

/** No access token is expected to live longer. Milliseconds. */
const longestLifeMs = 30 * 86_400_000;

/**
 * Marks for access tokens that the provider issued. Without the store they are checked as they were last read: an app that
 * serves without it serves on.
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
