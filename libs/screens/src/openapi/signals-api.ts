import { signalsPath } from '@bff/auth-delegation';
import { emptyAnswer, jsonAnswer, type ApiOperation, type JsonNode } from '@bff/shaping';

/** Description of the receiver of shared signals in an OpenAPI document. */
interface SignalsApi {
  readonly tags: Readonly<Record<string, string>>;
  readonly securitySchemes: Readonly<Record<string, JsonNode>>;
  readonly headers: Readonly<Record<string, JsonNode>>;
  readonly schemas: Readonly<Record<string, JsonNode>>;
  readonly operations: readonly ApiOperation[];
}

export const signalsApi: SignalsApi = {
  tags: { Signals: 'For the transmitter of shared signals (CAEP, RISC)' },
  securitySchemes: {
    transmitter: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'Agreed with the transmitter: the `authorization_header` of the stream.',
    },
  },
  headers: {
    'Content-Language': { description: 'Language of the error description.', schema: { type: 'string' } },
  },
  schemas: {
    SignalRefused: {
      type: 'object',
      properties: {
        err: {
          type: 'string',
          enum: [
            'invalid_request',
            'invalid_key',
            'invalid_issuer',
            'invalid_audience',
            'authentication_failed',
          ],
        },
        description: { type: 'string' },
      },
      required: ['err', 'description'],
    },
  },
  operations: [
    {
      id: 'receiveSignal',
      method: 'post',
      path: signalsPath,
      tag: 'Signals',
      summary: 'Receive a security event token (RFC 8417) that the transmitter pushes (RFC 8935)',
      description: 'Not found unless a transmitter is configured.',
      security: [{ transmitter: [] }],
      body: { 'application/secevent+jwt': { type: 'string' } },
      answers: {
        202: emptyAnswer('It was carried out, now or before'),
        400: jsonAnswer('Refused: `err` says why', 'SignalRefused', ['Content-Language']),
      },
      problems: ['not-found', 'content-too-large', 'unsupported-media-type', 'internal', 'unavailable'],
    },
  ],
};
