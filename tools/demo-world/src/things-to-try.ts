import type { WorldPorts } from './world.ts';

/** What `npm start` prints when all are ready: one table of addresses, three lines that work when pasted. */
export function things(at: WorldPorts): string {
  const row = (name: string, address: string, management = ''): string =>
    `  ${name.padEnd(22)}${address.padEnd(26)}${management}\n`;
  const local = (port: number): string => `http://localhost:${port}`;
  const field = `sed -E 's/.*"access_token":"([^"]+)".*/\\1/'`;
  const partnerToken = `$(curl -s -u acme-erp:demo-secret -d grant_type=client_credentials ${local(at.idp.port)}/token | ${field})`;

  return (
    '\n' +
    row('service', 'address', 'management') +
    row('web-bff', local(at.web.port), local(at.webManagement.port)) +
    row('mobile-bff', local(at.mobile.port), local(at.mobileManagement.port)) +
    row('partner-bff', local(at.partner.port), local(at.partnerManagement.port)) +
    row('dev-idp', local(at.idp.port)) +
    row('user-service', local(at.user.port)) +
    row('order-service', local(at.order.port)) +
    row('notification-service', local(at.notification.port)) +
    row('loyalty-service', local(at.loyalty.port)) +
    `
The page is at ${local(at.web.port)}/. Users alice, bob (acme), gina (globex), password demo. Try:

1  Log alice in and ask: five upstream calls in one answer:
   npm run -s ask -- ${local(at.web.port)}/api/profile

2  Let order-service hang, wait six seconds, ask again (1): the page stands, with the orders of then, and says how old
   they are. A user who was not here before (--user bob) gets none, which is said too. Heal it with -X DELETE; a breaker
   that opened stays open for up to a minute after that, and _meta says "open":
   curl -s -X PUT ${local(at.order.port)}/__faults -H 'Content-Type: application/json' -d '{"route":"*","kind":"hang"}'

3  The same user as a partner company sees her:
   curl -s ${local(at.partner.port)}/v1/customers/alice/profile -H "Authorization: Bearer ${partnerToken}"

Logs are in dist/logs. Ctrl-C stops everything.
`
  );
}
