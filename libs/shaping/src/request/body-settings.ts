import { integer, type Setting } from '@bff/service-kit';
import type { BodyLimits } from './json-body.ts';

/** How much a client may send. */
export const bodySettings = {
  maxBodyBytes: {
    env: 'MAX_BODY_BYTES',
    schema: integer(1, 16_777_216),
    default: 16_384,
    meaning: 'bytes of a request body; more is a 413',
  },
  maxJsonDepth: {
    env: 'MAX_JSON_DEPTH',
    schema: integer(1, 64),
    default: 16,
    meaning: 'objects and arrays inside each other in a request body; more is a 400',
  },
} as const satisfies Record<string, Setting>;

interface BodySettings {
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
}

/** What the settings say, as {@link jsonBody} takes it. */
export const bodyLimits = ({ maxBodyBytes, maxJsonDepth }: BodySettings): BodyLimits => ({
  maxBytes: maxBodyBytes,
  maxDepth: maxJsonDepth,
});
