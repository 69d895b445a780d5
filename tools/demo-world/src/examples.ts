import { local, type WorldPort } from './world/world.ts';

/** Examples for the services and screens of this repository; those whose service or BFF is gone are left out. */
export function examples(at: Readonly<Partial<Record<string, WorldPort>>>): string {
  const { web, partner, agent, order, idp } = at;
  const field = `sed -E 's/.*"access_token":"([^"]+)".*/\\1/'`;
  const texts = [
    web &&
      idp &&
      `Log alice in and call a screen: five upstream calls in one response:
   npm run -s ask -- ${local(web)}/api/profile`,
    web &&
      idp &&
      order &&
      `Let order-service hang, wait six seconds, repeat (1): the page stands, with the orders of then, and says how old
   they are. A user who was not here before (--user bob) gets none, which is said too. Heal it with -X DELETE; a breaker
   that opened stays open for up to five seconds after that, and _meta says "open":
   curl -s -X PUT ${local(order)}/__faults -H 'Content-Type: application/json' -d '{"route":"*","kind":"hang"}'`,
    partner &&
      idp &&
      `The same user as a partner company sees her:
   curl -s ${local(partner)}/v1/customers/alice/profile -H "Authorization: Bearer $(curl -s -u acme-erp:demo-secret -d grant_type=client_credentials ${local(idp)}/token | ${field})"`,
    agent &&
      idp &&
      `An agent that she lets in calls a tool (Model Context Protocol at ${local(agent)}/mcp):
   npm run -s ask:agent -- listOrders limit=2 --url ${local(agent)}/mcp`,
  ].filter((text) => text !== undefined);
  if (texts.length === 0) return '';
  const page = web ? `The page is at ${local(web)}/. ` : '';
  return `${page}Users alice, bob (acme), gina (globex), password demo. Try:\n\n${texts
    .map((text, index) => `${index + 1}  ${text}\n`)
    .join('\n')}`;
}
