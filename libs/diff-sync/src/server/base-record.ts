import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

/** The stored form of an answer, from which later deltas are computed. */
export interface BaseRecord {
  /** Version of the policy that filtered the view. */
  readonly policyVersion: string;
  readonly canonicalView: string;
}

/** Maximum length of a stored view in characters; a longer view is not stored. */
export const maxViewLength = 1024 * 1024;
/** Maximum bytes of an inflated record: limits the damage of a decompression bomb in the store. */
const maxRecordBytes = 4 * maxViewLength;

/**
 * Maximum bytes that are compressed on the event loop. For such a view, the thread pool would cost more time
 * than it saves the requests that wait for the event loop.
 */
const syncLimit = 32 * 1024;
/**
 * Returns the options of deflate, which is used instead of zstd: for views of this size zstd compresses no
 * better and takes four times as long to decompress (README, "Numbers"). The window is as long as the text:
 * zlib would otherwise allocate and clear 256 KB for each view.
 */
function deflating(length: number) {
  const windowBits = Math.min(Math.max(Math.ceil(Math.log2(length)), 9), 15);
  return { level: 3, chunkSize: 4096, windowBits, memLevel: windowBits - 7 };
}
const deflate = promisify<Buffer, object, Buffer>(deflateRaw);

const recordSyntax = /^(\d{1,4}):/;

export function encodeBase({ policyVersion, canonicalView }: BaseRecord): Buffer | Promise<Buffer> {
  const bytes = Buffer.from(`${policyVersion.length}:${policyVersion}${canonicalView}`);
  const options = deflating(bytes.length);
  return bytes.length <= syncLimit ? deflateRawSync(bytes, options) : deflate(bytes, options);
}

/** Decodes a record. Its integrity is verified by its token, not here. */
export function decodeBase(bytes: Buffer): BaseRecord | 'damaged' {
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: maxRecordBytes }).toString();
    const [head = '', length] = recordSyntax.exec(text) ?? [];
    const end = head.length + Number(length);
    return { policyVersion: text.slice(head.length, end), canonicalView: text.slice(end) };
  } catch {
    return 'damaged';
  }
}
