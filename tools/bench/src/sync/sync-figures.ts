import { hash } from 'node:crypto';
import { constants, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { canonicalJson, diff, type JsonObject } from '@bff/diff-sync';
import type { Pairs } from './sync-pairs.ts';

/**
 * Mean size of the body in bytes and CPU time to create it in microseconds, for each way to send a change.
 */
export interface SyncFigures {
  readonly of: string;
  readonly changes?: number;
  readonly pairs: number;
  /**
   * Number of pairs whose patch is shorter than the view, both uncoded. For the other pairs the size of the
   * complete view (200) is counted as that of the patch.
   */
  readonly patches: number;
  readonly bytes: Ways;
  readonly cpuUs: Omit<Ways, 'full' | 'patch'>;
}

export interface Ways {
  /** Complete view (200), uncoded. */
  readonly full: number;
  readonly fullGzip: number;
  /** Patch (226), uncoded. */
  readonly patch: number;
  readonly patchGzip: number;
  /**
   * Complete view with `Content-Encoding: dcz` and the base as dictionary, at zstd's default level 3 and at
   * level 19 (`dcz19`).
   */
  readonly dcz3: number;
  readonly dcz19: number;
  /**
   * The view as raw deflate (level 6) with the base as preset dictionary, for which there is no registered
   * content coding.
   */
  readonly deflate: number;
}

/**
 * Length of the header of `dcz` (RFC 9842, section 5): magic number, length, and SHA-256 of the dictionary.
 */
const dczHeaderBytes = 40;
/** Bodies of more bytes are compressed; others are sent uncoded. */
const codedAbove = 1024;

const gzipped = (body: string): number =>
  Buffer.byteLength(body) > codedAbove ? gzipSync(body, { level: 6 }).length : Buffer.byteLength(body);

/** Returns the body as mobile-bff sends it: canonical, with its entity tag, which does not compress. */
function bodyOf(canonical: string): string {
  const etag = hash('sha256', canonical, 'base64url').slice(0, 24);
  return canonical.replace(/}$/, `,"_meta":{"etag":"${etag}","complete":true,"degraded":[]}}`);
}

const dczBytes = (dictionary: Buffer, body: string, level: number): number =>
  dczHeaderBytes +
  zstdCompressSync(body, { dictionary, params: { [constants.ZSTD_c_compressionLevel]: level } }).length;

const deflateBytes = ({ baseText, text }: Case): number =>
  deflateRawSync(text, { dictionary: Buffer.from(baseText), level: 6 }).length;

/** A stored base and the view to be sent. */
interface Case {
  readonly baseText: string;
  readonly dictionary: Buffer;
  readonly view: JsonObject;
  readonly text: string;
  readonly body: string;
}

function caseOf([before, after]: Pairs['pairs'][number]): Case {
  const [baseText, text] = [canonicalJson(before), canonicalJson(after)];
  return { baseText, dictionary: Buffer.from(bodyOf(baseText)), view: after, text, body: bodyOf(text) };
}

const patchBody = ({ baseText, view }: Case): string => diff(JSON.parse(baseText) as JsonObject, view).body;

/**
 * Returns the patch; undefined when it is not shorter than the view, as libs/diff-sync then sends the view.
 */
function patchOf(each: Case): string | undefined {
  const body = patchBody(each);
  return Buffer.byteLength(body) < Buffer.byteLength(each.text) ? body : undefined;
}

export function syncFigures({ of, changes, pairs }: Pairs): SyncFigures {
  const cases = pairs.map(caseOf);
  const mean = (bytesOf: (each: Case) => number): number =>
    Math.round(cases.reduce((sum, each) => sum + bytesOf(each), 0) / cases.length);
  const size = (each: Case): number =>
    Math.min(Buffer.byteLength(patchOf(each) ?? each.body), Buffer.byteLength(each.body));
  const gzipSize = (each: Case): number => Math.min(gzipped(patchOf(each) ?? each.body), gzipped(each.body));
  const dcz = (level: number) => (each: Case) => dczBytes(each.dictionary, each.body, level);
  return {
    of,
    ...(changes !== undefined && { changes }),
    pairs: cases.length,
    patches: cases.filter((each) => patchOf(each) !== undefined).length,
    bytes: {
      full: mean(({ body }) => Buffer.byteLength(body)),
      fullGzip: mean(({ body }) => gzipped(body)),
      patch: mean(size),
      patchGzip: mean(gzipSize),
      dcz3: mean(dcz(3)),
      dcz19: mean(dcz(19)),
      deflate: mean(deflateBytes),
    },
    cpuUs: {
      fullGzip: cpuUs(cases, ({ body }) => gzipped(body)),
      patchGzip: cpuUs(cases, (each) => gzipped(patchBody(each))),
      dcz3: cpuUs(cases, dcz(3)),
      dcz19: cpuUs(cases, dcz(19)),
      deflate: cpuUs(cases, deflateBytes),
    },
  };
}

const leastUs = 150_000;

/** Returns the mean CPU time per case in microseconds, over enough rounds for a stable figure. */
function cpuUs(cases: readonly Case[], work: (each: Case) => unknown): number {
  for (const each of cases) work(each);
  const begun = process.cpuUsage();
  for (let done = 0; ;) {
    for (const each of cases) work(each);
    done += cases.length;
    const { user, system } = process.cpuUsage(begun);
    if (user + system >= leastUs) return Math.round((user + system) / done);
  }
}
