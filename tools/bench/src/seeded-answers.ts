import { exchange } from './exchange.ts';
import { type Door } from './measured-world.ts';

/** The accounts of acme that no test names: up to a third of what may be missing is. */
const customers = Array.from(
  { length: 120 },
  (_, index) => `acme-user-${String(index + 1).padStart(3, '0')}`,
);

/**
 * What a partner is told of each of them, nulls kept.
 *
 * @param part of the address, behind the customer's
 * @throws {Error} when one of them is not told of, or not in full
 */
export async function seededAnswers({ url, credentials }: Door, part: string): Promise<string[]> {
  const bodies: string[] = [];
  for (const customer of customers) {
    const { status, headers, body } = await exchange(`${url}/v2/customers/${customer}${part}`, credentials);
    if (status !== 200 || headers['bff-degraded'] !== undefined)
      throw new Error(`${customer}${part}: ${status} ${headers['bff-degraded'] ?? ''}`);
    bodies.push(body.toString());
  }
  return bodies;
}
