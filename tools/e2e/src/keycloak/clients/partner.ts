import type { Realm } from '../provider/realm.ts';

/**
 * Gets an access token for the recipe's partner by its client credentials. @throws {Error} with Keycloak's
 * error
 */
export async function partnerToken(realm: Realm, scope: string): Promise<string> {
  const secret = await realm.secretOf('acme-erp');
  const answer = await fetch(`${realm.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`acme-erp:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  const { access_token: token, error } = (await answer.json()) as { access_token?: string; error?: string };
  if (token === undefined) throw new Error(`client credentials: ${answer.status} ${error}`);
  return token;
}

/** Calls an operation of partner-bff. @returns the status */
export async function callAsPartner(origin: string, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${origin}/v2/customers/alice/orders`, { headers });
  await answer.body?.cancel();
  return answer.status;
}
