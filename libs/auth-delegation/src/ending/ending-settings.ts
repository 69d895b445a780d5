import { text, type Setting } from '@bff/service-kit';

/** Settings of every app whose sessions or tokens operators can end. */
export const endingSettings = {
  operatorToken: {
    env: 'OPERATOR_TOKEN',
    schema: text(/^[\x21-\x7e]{32,}$/, 'must have at least 32 characters, none of them a space'),
    optional: true,
    secret: true,
    meaning:
      'token that operators present as Authorization: Bearer to list, count and end sessions on the management port; unset: every such request is a 403',
  },
} as const satisfies Record<string, Setting>;
