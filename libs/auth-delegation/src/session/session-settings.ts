import { integer, type Setting } from '@bff/service-kit';

/** Settings of every app that keeps sessions, of browsers or of opaque tokens. */
export const sessionSettings = {
  sessionCacheSeconds: {
    env: 'SESSION_CACHE_SECONDS',
    schema: integer(0, 60),
    default: 5,
    meaning:
      'seconds for which a replica does not ask the store for a session again; a logout ends it at once, this is for a message that is lost',
  },
} as const satisfies Record<string, Setting>;
