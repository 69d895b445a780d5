import { local, type WorldPort } from './world/world.ts';

/**
 * Returns examples for the services and screens of this repository; those whose service or BFF was removed
 * are omitted.
 */
export function examples(at: Readonly<Partial<Record<string, WorldPort>>>): string {
  const { web, partner, agent, order, idp } = at;
  const field = `sed -E 's/.*"access_token":"([^"]+)".*/\\1/'`;
  const texts = [
    web &&
      idp &&
      `Log alice in and request a screen: five upstream calls in one answer:
   npm run -s ask -- ${local(web)}/api/profile`,
    web &&
      idp &&
      order &&
      `Let order-service hang, wait six seconds, repeat (1): the answer contains stale orders, and _meta states their
   age. A user without a cached answer (--user bob) gets no orders, which _meta states too. -X DELETE removes the
   fault; an open breaker closes up to five seconds later, and _meta says "open" until then:
   curl -s -X PUT ${local(order)}/__faults -H 'Content-Type: application/json' -d '{"route":"*","kind":"hang"}'`,
    partner &&
      idp &&
      `The same user, requested by a partner company:
   curl -s ${local(partner)}/v1/customers/alice/profile -H "Authorization: Bearer $(curl -s -u acme-erp:demo-secret -d grant_type=client_credentials ${local(idp)}/token | ${field})"`,
    agent &&
      idp &&
      `An agent calls a tool with alice's consent (Model Context Protocol at ${local(agent)}/mcp):
   npm run -s ask:agent -- listOrders limit=2 --url ${local(agent)}/mcp`,
  ].filter((text) => text !== undefined);
  if (texts.length === 0) return '';
  const page = web ? `The demo page is at ${local(web)}/. ` : '';
  return `${page}Users alice, bob (acme), gina (globex), password demo. Try:\n\n${texts
    .map((text, index) => `${index + 1}  ${text}\n`)
    .join('\n')}`;
}
