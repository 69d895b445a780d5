import { integer, type Setting } from '@bff/service-kit';
import type { BodyLimits } from './json-body.ts';

/** Limits of request bodies. */
export const bodySettings = {
  maxBodyBytes: {
    env: 'MAX_BODY_BYTES',
    schema: integer(1, 16_777_216),
    default: 16_384,
    meaning: 'maximum bytes of a request body; a larger one is a 413',
  },
  maxJsonDepth: {
    env: 'MAX_JSON_DEPTH',
    schema: integer(1, 64),
    default: 16,
    meaning: 'maximum nesting of objects and arrays in a request body; deeper nesting is a 400',
  },
} as const satisfies Record<string, Setting>;

interface BodySettings {
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
}

/** Returns the settings in the form of {@link jsonBody}. */
export const bodyLimits = ({ maxBodyBytes, maxJsonDepth }: BodySettings): BodyLimits => ({
  maxBytes: maxBodyBytes,
  maxDepth: maxJsonDepth,
});
