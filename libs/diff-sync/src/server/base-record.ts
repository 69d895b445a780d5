import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

/** What is kept of an answer, so that a later one can be told as the difference from it. */
export interface BaseRecord {
  /** The tenant's version under whose policy the view was made. */
  readonly tenantVersion: string;
  readonly canonicalView: string;
}

/** Characters; a longer view is not kept. */
export const maxViewLength = 1024 * 1024;
/** Bytes. Inflating ends here, whatever the store holds. */
const maxRecordBytes = 4 * maxViewLength;

/** Bytes. Below, the detour over the thread pool costs more than the wait that it spares others. */
const syncLimit = 32 * 1024;
/** At the size of a screen zstd packs no better and takes four times as long to unpack: README, "Numbers". */
const deflating = { level: 3, chunkSize: 4096 };
const deflate = promisify<Buffer, object, Buffer>(deflateRaw);

const recordSyntax = /^(\d{1,4}):/;

export function encodeBase({ tenantVersion, canonicalView }: BaseRecord): Buffer | Promise<Buffer> {
  const bytes = Buffer.from(`${tenantVersion.length}:${tenantVersion}${canonicalView}`);
  return bytes.length <= syncLimit ? deflateRawSync(bytes, deflating) : deflate(bytes, deflating);
}

/** Whether a record is what it was when it was written is told by its token, not here. */
export function decodeBase(bytes: Buffer): BaseRecord | 'damaged' {
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: maxRecordBytes }).toString();
    const [head = '', length] = recordSyntax.exec(text) ?? [];
    const end = head.length + Number(length);
    return { tenantVersion: text.slice(head.length, end), canonicalView: text.slice(end) };
  } catch {
    return 'damaged';
  }
}
