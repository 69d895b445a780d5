import { randomUUID } from 'node:crypto';
import { inTurn, type InMemoryAnswer, type InMemoryRequest, type WarmUpStep } from '@bff/service-kit';
import { jsonSchemaOf, sampleOf, type FakeUpstreams } from '@bff/upstream-clients';
import type { Row, ScreenTable } from '../declaration/table.ts';
import type { AnyWrite } from '../declaration/write.ts';

export interface WarmUpRequests {
  /** Prefix of the paths of the table. */
  readonly prefix: string;
  /**
   * Header fields that identify each client. Requests come from all of them in turn, because the first request
   * of a client runs code that its later ones do not.
   */
  readonly clients: readonly ClientFields[];
  /** Whether clients may request patches (RFC 3229). */
  readonly takesPatches?: boolean;
  readonly fakes: Pick<FakeUpstreams, 'cacheControl' | 'change'>;
}

type ClientFields = Readonly<Record<string, string>>;
type Send = (request: InMemoryRequest) => Promise<InMemoryAnswer>;

const codings = ['identity', 'zstd', 'br', 'gzip'];
/**
 * Three of four rounds bypass the cache of upstream answers, because most of the code runs on a cache miss.
 */
const cacheControls = ['no-store', 'no-store', 'max-age=0', 'max-age=60'];

/**
 * Returns one step per row of a table: every screen in every content coding, unchanged (304) and as a patch
 * (226), and every write with a sample body.
 */
export function warmUpSteps(table: ScreenTable, requests: WarmUpRequests): WarmUpStep[] {
  const nextClient = inTurn(requests.clients);
  return table.rows.map((row) => ({
    name: `${row.method} ${requests.prefix}${row.path}`,
    run:
      row.entry.kind === 'screen'
        ? screenStep(row, requests, nextClient)
        : writeStep(table, row, row.entry, requests, nextClient),
  }));
}

const pathOf = ({ path }: Row, { prefix }: WarmUpRequests): string =>
  prefix + path.replaceAll(/\{\w+\}/g, 'warm-up');

function expect(row: Row, { status }: InMemoryAnswer, isExpected: boolean): void {
  if (!isExpected) throw new Error(`${row.method} ${row.path} answered ${status}`);
}

function screenStep(row: Row, requests: WarmUpRequests, nextClient: () => ClientFields): WarmUpStep['run'] {
  const { takesPatches = false, fakes } = requests;
  const path = pathOf(row, requests);
  let round = 0;
  return async function run(send: Send) {
    const cacheControl = cacheControls[round++ % cacheControls.length] ?? '';
    for (const coding of codings) {
      fakes.cacheControl = cacheControl;
      const common = { ...nextClient(), 'Accept-Encoding': coding };
      const answer = await send({ path, headers: common });
      expect(row, answer, answer.status === 200);
      const { etag } = answer.headers;
      if (etag === undefined) continue;
      const unchanged = await send({ path, headers: { ...common, 'If-None-Match': etag } });
      expect(row, unchanged, unchanged.status < 400);
      if (!takesPatches) continue;
      fakes.cacheControl = 'no-store';
      const patched = { ...common, 'A-IM': 'json-patch' };
      const base = await send({ path, headers: patched });
      fakes.change();
      const delta = await send({ path, headers: { ...patched, 'If-None-Match': base.headers.etag ?? etag } });
      expect(row, delta, delta.status < 400);
    }
  };
}

function writeStep(
  table: ScreenTable,
  row: Row,
  write: AnyWrite,
  requests: WarmUpRequests,
  nextClient: () => ClientFields,
): WarmUpStep['run'] {
  const { method } = row;
  const path = pathOf(row, requests);
  const shown = table.rows.find(
    ({ entry }) => entry.kind === 'screen' && entry.sources === write.of?.sources,
  );
  const body = write.body && JSON.stringify(sampleOf(jsonSchemaOf(write.body)));
  const type = body !== undefined && { 'Content-Type': write.operation.contentType };
  return async function run(send: Send) {
    const client = nextClient();
    const headers: Record<string, string> = {
      ...client,
      ...type,
      'Idempotency-Key': randomUUID(),
    };
    if (write.ifMatch && shown) {
      const { headers: current } = await send({ path: pathOf(shown, requests), headers: client });
      if (current.etag !== undefined) headers['If-Match'] = current.etag;
    }
    const answer = await send({ method, path, headers, body });
    // A sample need not fit rules beyond the schema, so a 4xx is fine.
    expect(row, answer, answer.status < 500);
  };
}
