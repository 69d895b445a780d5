const syntax = /^\/api\/v1\/(?:users\/([^/]+)(?:\/(preferences|orders|unread_count|tier|notifications))?)$/;

/**
 * Creates the answers of simulated services for measurements: the JSON for a path of the contract, different
 * for each user and cheap to create; undefined for an unknown path.
 *
 * @param sizes.listItems maximum number of orders in a list; a call with a lower limit gets fewer
 * @param sizes.itemParts items in each order, about 80 bytes each
 * @param version changes the unread count of every user
 */
export function sampleAnswers(
  { listItems, itemParts }: { readonly listItems: number; readonly itemParts: number },
  version: () => number,
): (path: string, limit: number) => string | undefined {
  const itemsJson = JSON.stringify(
    Array.from({ length: itemParts }, (_, at) => ({
      sku: `SKU-${10_000 + at * 7}`,
      name: ['Walking boots', 'Rain jacket, blue', 'Head torch', 'Water filter'][at % 4],
      quantity: 1 + (at % 3),
      unit_cents: 1_990 + at * 130,
    })),
  );
  const order = (user: string, at: number): string =>
    `{"id":"o-${user}-${at}","user_id":"${user}","status":"${at === 0 ? 'shipped' : 'delivered'}",` +
    `"placed_at":"2026-0${1 + (at % 9)}-11T09:24:00.000Z","total_cents":${12_345 + at * 500},"currency":"EUR",` +
    `"note":${at % 2 === 0 ? 'null' : '"Leave it with the neighbour"'},"internal_notes":"margin 34 %","items":${itemsJson}}`;
  const notification = (user: string, at: number): string =>
    `{"id":"n-${user}-${at}","kind":"shipping","title":"Your order is on its way","body":"Order o-${user}-${at} left our house.",` +
    `"created_at":"2026-03-0${1 + (at % 9)}T10:00:00.000Z","read_at":null}`;
  const page = (count: number, one: (at: number) => string): string =>
    `{"items":[${Array.from({ length: count }, (_, at) => one(at)).join(',')}],"next_cursor":null}`;

  return (path, limit) => {
    const [, user, part = 'user'] = syntax.exec(path) ?? [];
    if (user === undefined) return undefined;
    switch (part) {
      case 'user':
        return (
          `{"id":"${user}","name":"Customer ${user}","email":"${user}@customers.example","avatar_url":null,` +
          `"last_login":"2026-03-01T08:30:00.000Z","locale":"de-DE","phone":"+49 30 1234567","ssn":"123-45-6789",` +
          `"internal_notes":"pays late","created_at":"2021-05-04T12:00:00.000Z"}`
        );
      case 'preferences':
        return `{"theme":"dark","language":"de","digest":{"hour":9,"days":["mon","thu"]},"newsletter":false,"start_page":"orders"}`;
      case 'orders':
        return page(Math.min(limit, listItems), (at) => order(user, at));
      case 'notifications':
        return page(limit, (at) => notification(user, at));
      case 'unread_count':
        return `{"count":${3 + version()}}`;
      default:
        return '{"tier":"gold"}';
    }
  };
}
