import { z } from 'zod';

/** `iss` of every internal token, whichever BFF made it; `azp` says which. */
export const internalIssuer = 'bff-auth';

/** Seconds. No setting makes an internal token live longer, and no verifier accepts one that does. */
export const longestLifetime = 3600;

const text = z.string().min(1);

export const internalClaimsSchema = z.object({
  sub: text,
  tid: text,
  roles: z.array(z.string()).readonly(),
  /** Left out of the token when there are none, so that tokens do not grow; the verifier then returns an empty list. */
  permissions: z.array(z.string()).readonly().default([]),
  /** The scopes of the access token that the caller showed, as in RFC 9068; absent when it showed none. */
  scope: z.string().optional(),
  /** RFC 8693, section 4.1: the client that acts for the subject; absent where the subject acts itself. */
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
