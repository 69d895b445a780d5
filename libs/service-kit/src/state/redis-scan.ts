import { Cluster, type Redis } from 'ioredis';
import { isKeyOf, stateKey, type StateArea, type StateKey, type TenantId } from '../core/ids.ts';
import type { VisitKeys } from './state-store.ts';

export interface ScanOptions {
  readonly area: StateArea;
  readonly tenant: TenantId | undefined;
  readonly visit: VisitKeys;
  /** Sends one command, with the error handling of the store. */
  readonly ask: <T>(method: string, command: () => Promise<T>) => Promise<T>;
}

/** Keys that Redis visits in one step, which takes it far less than a millisecond. */
const scanStep = 500;

/** Scans each master of a cluster, because each holds different keys. */
export async function scanKeys(client: Redis | Cluster, options: ScanOptions): Promise<void> {
  for (const node of client instanceof Cluster ? client.nodes('master') : [client])
    if (!(await scanNode(node, options))) return;
}

/** Scans one server. @returns false when the visitor ended the scan */
async function scanNode(node: Redis, { area, tenant, visit, ask }: ScanOptions): Promise<boolean> {
  const pattern = tenant === undefined ? `{*}:${area}:*` : `${literal(stateKey(tenant, area))}:*`;
  let cursor = '0';
  do {
    const from = cursor;
    const [next, keys] = await ask('scan', () => node.scan(from, 'MATCH', pattern, 'COUNT', scanStep));
    const found = keys.filter((key) => isKeyOf(key, area, tenant)) as StateKey[];
    if (found.length > 0 && (await visit(found)) === false) return false;
    cursor = next;
  } while (cursor !== '0');
  return true;
}

/** Escapes the characters of a key that have a meaning in a pattern. */
const literal = (text: string): string => text.replaceAll(/[*?[\]\\]/g, (character) => `\\${character}`);
