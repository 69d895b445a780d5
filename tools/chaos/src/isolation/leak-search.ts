import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { markers } from './planted-services.ts';

/** Bytes to search. Bytes of a tenant may contain its marker only, and bytes of `nobody` no marker. */
export interface Evidence {
  readonly where: string;
  /** The id of a tenant, or `nobody`. */
  readonly owner: string;
  readonly bytes: Buffer;
}

const limit = { maxOutputLength: 8 * 1024 * 1024 };
const unpackers = [inflateRawSync, inflateSync, gunzipSync, brotliDecompressSync, zstdDecompressSync];
const encoded = /[\w+/-]{24,}={0,2}/g;

/** Returns the bytes, their decompressed forms, and the decoded base64 in them. */
function layersOf(bytes: Buffer): Buffer[] {
  const unpacked = unpackers.flatMap((unpack) => {
    try {
      return [unpack(bytes, limit)];
    } catch {
      return [];
    }
  });
  const plain = [bytes, ...unpacked];
  const decoded = plain
    .flatMap((each) => each.toString('latin1').match(encoded) ?? [])
    .map((text) => Buffer.from(text, 'base64'));
  return [...plain, ...decoded];
}

/** The number of searched items and the markers found where they must not be. */
export interface Findings {
  readonly searched: number;
  readonly bytes: number;
  readonly leaks: readonly string[];
}

export function searchForLeaks(evidence: Iterable<Evidence>): Findings {
  let [searched, bytes] = [0, 0];
  const leaks: string[] = [];
  for (const each of evidence) {
    searched += 1;
    const foreign = [...markers].filter(([tenant]) => tenant !== each.owner);
    for (const layer of layersOf(each.bytes)) {
      bytes += layer.length;
      for (const [tenant, marker] of foreign)
        if (layer.includes(marker)) leaks.push(`${each.where} (${each.owner}) has the marker of ${tenant}`);
    }
  }
  return { searched, bytes, leaks };
}
