import { hash } from 'node:crypto';
import { constants, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { canonicalJson, diff, type JsonObject } from '@bff/diff-sync';
import type { Pairs } from './sync-pairs.ts';

/** Bytes of one body in the mean, and microseconds of CPU to make it, by the ways to send what changed. */
export interface SyncFigures {
  readonly of: string;
  readonly changes?: number;
  readonly pairs: number;
  /** For how many the patch is shorter than the view, uncoded. Where it is not, as both are sent, the 200 is counted. */
  readonly patches: number;
  readonly bytes: Ways;
  readonly cpuUs: Omit<Ways, 'full' | 'patch'>;
}

export interface Ways {
  /** 200, uncoded. */
  readonly full: number;
  readonly fullGzip: number;
  /** 226, uncoded. */
  readonly patch: number;
  readonly patchGzip: number;
  /** 200, `Content-Encoding: dcz`, what the client has as the dictionary, at the usual level of zstd and a high one. */
  readonly dcz3: number;
  readonly dcz19: number;
  /** The view as raw deflate (level 6) with the base as preset dictionary: what no standard names. */
  readonly deflate: number;
}

/** RFC 9842, section 5: magic number, length, and SHA-256 of the dictionary. */
const dczHeaderBytes = 40;
/** Bytes; shorter bodies are sent as they are. */
const codedAbove = 1024;

const gzipped = (body: string): number =>
  Buffer.byteLength(body) > codedAbove ? gzipSync(body, { level: 6 }).length : Buffer.byteLength(body);

/** As mobile-bff sends it: canonical, with its tag, which is as good as chance. */
function bodyOf(canonical: string): string {
  const etag = hash('sha256', canonical, 'base64url').slice(0, 24);
  return canonical.replace(/}$/, `,"_meta":{"etag":"${etag}","complete":true,"degraded":[]}}`);
}

const dczBytes = (dictionary: Buffer, body: string, level: number): number =>
  dczHeaderBytes +
  zstdCompressSync(body, { dictionary, params: { [constants.ZSTD_c_compressionLevel]: level } }).length;

const deflateBytes = ({ baseText, text }: Case): number =>
  deflateRawSync(text, { dictionary: Buffer.from(baseText), level: 6 }).length;

/** What is kept of a base, and what is to be told. */
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

/** As libs/diff-sync decides: undefined when it is no shorter than the view. */
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

/** Microseconds of this process's CPU for one of them, in the mean of as many rounds as make a steady figure. */
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
