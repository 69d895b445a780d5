import { z } from 'zod';

/** `iss` of the internal tokens of every BFF; `azp` names the BFF. */
export const internalIssuer = 'bff-auth';

/** Maximum lifetime of an internal token in seconds; settings and verifiers enforce it. */
export const longestLifetime = 3600;

const text = z.string().min(1);

export const internalClaimsSchema = z.object({
  sub: text,
  tid: text,
  roles: z.array(z.string()).readonly(),
  /**
   * Omitted from the token when there are none, to keep it short; the verifier then returns an empty list.
   */
  permissions: z.array(z.string()).readonly().default([]),
  /** Scopes of the caller's access token, as in RFC 9068; absent for other callers. */
  scope: z.string().optional(),
  /** The client that acts for the subject (RFC 8693, section 4.1); absent if the subject acts itself. */
  act: z.object({ sub: text }).optional(),
  jti: text,
  iss: z.literal(internalIssuer),
  aud: text,
  azp: text,
  iat: z.int(),
  exp: z.int(),
});

/** The claims of a verified internal token. */
export type InternalClaims = Readonly<z.output<typeof internalClaimsSchema>>;

/** The claims as they are signed. */
export type InternalTokenPayload = Readonly<z.input<typeof internalClaimsSchema>>;
