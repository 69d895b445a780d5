import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
} from 'node:zlib';
import { LruCache, ShortLivedMap } from '@bff/service-kit';
import type { ContentCoding } from './negotiate-coding.ts';

export type RealCoding = Exclude<ContentCoding, 'identity'>;

/**
 * Maximum bytes that are encoded on the event loop. The thread pool costs about 100 us of CPU per call. Up to
 * this size all three codings block the loop for less than 0.3 ms, so the pool would cost more than it saves.
 */
const syncLimit = 32 * 1024;

const brotliOptions = (size: number) => ({
  chunkSize: size,
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    // A window of 256 KB: the default of 4 MB does not make screens smaller.
    [constants.BROTLI_PARAM_LGWIN]: 18,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  },
});
const zstdOptions = (size: number) => ({
  chunkSize: size,
  params: { [constants.ZSTD_c_compressionLevel]: 1 },
});
const gzipOptions = (size: number) => ({ chunkSize: size, level: 6 });

/**
 * Makes the output chunk as large as the input: every result fits into one chunk, which costs less CPU than
 * chunks of the default 16 KB.
 */
const chunkSize = (body: Buffer) => Math.max(body.length, constants.Z_MIN_CHUNK);

const brotliAsync = promisify(brotliCompress);
const zstdAsync = promisify(zstdCompress);
const gzipAsync = promisify<Buffer, object, Buffer>(gzip);

const codings = {
  br: {
    now: (body: Buffer) => brotliCompressSync(body, brotliOptions(chunkSize(body))),
    later: (body: Buffer) => brotliAsync(body, brotliOptions(chunkSize(body))),
  },
  zstd: {
    now: (body: Buffer) => zstdCompressSync(body, zstdOptions(chunkSize(body))),
    later: (body: Buffer) => zstdAsync(body, zstdOptions(chunkSize(body))),
  },
  gzip: {
    now: (body: Buffer) => gzipSync(body, gzipOptions(chunkSize(body))),
    later: (body: Buffer) => gzipAsync(body, gzipOptions(chunkSize(body))),
  },
};

export const bytesOf = (body: string | Buffer): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : body;

/** Encodes small bodies synchronously, large ones on the thread pool. */
export function encode(body: Buffer, coding: RealCoding): Buffer | Promise<Buffer> {
  return codings[coding][body.length <= syncLimit ? 'now' : 'later'](body);
}

/**
 * Cache of coded bodies by entity tag, so that the same bytes are encoded once for all requests and clients.
 */
export class CodedBodies {
  readonly #done: LruCache<Buffer>;
  readonly #underWay = new ShortLivedMap<string, Promise<Buffer>>();

  /** Creates the cache. @param limit bytes stored */
  constructor(limit: number) {
    this.#done = new LruCache(limit, { weigh: ({ length }) => length });
  }

  /** Returns the coded body. @param tag identifies the bytes: bodies with the same tag are equal */
  get(tag: string, body: string | Buffer, coding: RealCoding): Buffer | Promise<Buffer> {
    const known = this.#done.get(tag) ?? this.#underWay.get(tag);
    if (known) return known;
    const coded = encode(bytesOf(body), coding);
    if (!Buffer.isBuffer(coded)) return this.#await(tag, coded);
    this.#done.set(tag, coded);
    return coded;
  }

  #await(tag: string, coding: Promise<Buffer>): Promise<Buffer> {
    const done = coding
      .then((coded) => {
        this.#done.set(tag, coded);
        return coded;
      })
      .finally(() => this.#underWay.delete(tag));
    this.#underWay.set(tag, done);
    return done;
  }
}
