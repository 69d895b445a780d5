import { integer, type Setting } from '@bff/service-kit';

/** Settings of every app that keeps sessions, of browsers or of opaque tokens. */
export const sessionSettings = {
  sessionCacheSeconds: {
    env: 'SESSION_CACHE_SECONDS',
    schema: integer(0, 60),
    default: 5,
    meaning:
      'seconds for which a replica caches a session; a logout ends it at once, so this bounds the effect of a lost message',
  },
} as const satisfies Record<string, Setting>;
