import type { ActingIdentity } from '@bff/auth-delegation';
import { methodNotAllowed } from '@bff/shaping';
import { Router, type RequestHandler } from 'express';
import { receiptPath } from '../declaration/receipt-path.ts';
import type { Row, ScreenTable } from '../declaration/table.ts';
import type { CallOf } from '../sources/call-source.ts';
import type { Family } from './family.ts';
import type { Idempotency } from './idempotency.ts';
import { serveReceipt } from './serve-receipt.ts';
import { serveScreen, type ServedScreen } from './serve-screen.ts';
import { serveWrite } from './serve-write.ts';

export interface RouterDependencies {
  /** Returns the call of an operation: `callOf` of `createUpstreamClients`. */
  readonly callOf: CallOf;
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly idempotency: Idempotency;
  /** Validates every answer by its schema; for use outside production. */
  readonly verifyAnswers: boolean;
}

/**
 * Creates the router of a table for one family, with `Allow` and 405 for each path, and the receipts of
 * writes. Requires `identifyCaller` in front.
 * @throws {TypeError} when an operation belongs to no registered service, or a version has no answer
 */
export function screenRouter({ rows }: ScreenTable, family: Family, deps: RouterDependencies): Router {
  const screens = new Map<string, ServedScreen>();
  const handlers = rows.map((row): RequestHandler[] => {
    const { entry } = row;
    const guards = [...family.guardsOf(entry)];
    if (entry.kind === 'screen') {
      const served = serveScreen(deps, family, row, entry);
      if (!screens.has(entry.name)) screens.set(entry.name, served);
      return [...guards, served.serve];
    }
    return [...guards, ...family.writes.bodyParsersOf(entry), serveWrite(deps, family, row, entry)];
  });

  const router = Router({ caseSensitive: true, strict: true });
  const byPath = [...Map.groupBy(rows.entries(), ([, row]) => row.path)];
  for (const [path, there] of byPath.sort(([one], [other]) => literalFirst(one, other))) {
    const route = router.route(expressPath(path));
    for (const [index, row] of there) route[verbOf(row)](...(handlers[index] as RequestHandler[]));
    route.all(methodNotAllowed(there.map(([, { method }]) => method)));
  }
  if (rows.some(({ entry }) => entry.kind === 'write'))
    router
      .route(expressPath(receiptPath))
      .get(serveReceipt(deps.idempotency) as unknown as RequestHandler)
      .all(methodNotAllowed(['GET']));
  return router;
}

/** Sorts concrete paths before templates, wherever they are in the table (OpenAPI 3.1, "Paths Object"). */
function literalFirst(one: string, other: string): number {
  const steps = other.split('/');
  for (const [index, step] of one.split('/').entries()) {
    const difference = Number(step.startsWith('{')) - Number(steps[index]?.startsWith('{') ?? false);
    if (difference !== 0 || step !== steps[index]) return difference;
  }
  return 0;
}

const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');
const verbOf = ({ method }: Row) => method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
