import { readFileSync } from 'node:fs';
import { createClientRegister, deviceCodeGrant, type OAuthClient } from '@bff/auth-delegation';
import { z } from 'zod';

/** Members are named as in RFC 7591, section 2, where it defines them. */
const fileSchema = z.strictObject({
  clients: z
    .array(
      z.strictObject({
        client_id: z.string().regex(/^[!-~]{1,100}$/, 'must be 1 to 100 printable ASCII characters'),
        client_name: z.string().min(1).max(100),
        redirect_uris: z.array(z.string().regex(/^[!-~]+$/, 'must be printable ASCII')).default([]),
        allow_loopback: z.boolean().default(false),
        grant_types: z.array(z.enum(['authorization_code', deviceCodeGrant])).min(1),
      }),
    )
    .min(1),
});

export interface OAuthClientsFile {
  readonly clients: readonly OAuthClient[];
  /** Errors, one line each; empty if the file is valid. */
  readonly errors: readonly string[];
}

/** Reads the registered apps and devices from a file. */
export function readOAuthClients(file: string): OAuthClientsFile {
  try {
    const { success, data, error } = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!success)
      return {
        clients: [],
        errors: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      };
    const clients = data.clients.map((client) => ({
      clientId: client.client_id,
      name: client.client_name,
      redirectUris: client.redirect_uris,
      allowLoopback: client.allow_loopback,
      grantTypes: client.grant_types,
    }));
    return { clients, errors: errorsOf(clients) };
  } catch (error) {
    return { clients: [], errors: [(error as Error).message.replaceAll(/\s+/g, ' ')] };
  }
}

function errorsOf(clients: readonly OAuthClient[]): string[] {
  const errors = new Set(clients.flatMap(unsafe));
  if (new Set(clients.map(({ clientId }) => clientId)).size < clients.length)
    errors.add('two clients have the same client_id');
  for (const { clientId, redirectUris, grantTypes } of clients)
    if (grantTypes.includes('authorization_code') && redirectUris.length === 0)
      errors.add(`${clientId} has no redirect_uris, which authorization_code requires`);
  return [...errors];
}

/** Returns the first error of one client's redirect URIs, if there is one. */
function unsafe(client: OAuthClient): string[] {
  try {
    createClientRegister([client]);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
