import { readFileSync, statSync } from 'node:fs';

const maxBytes = 32 * 2 ** 20;

/**
 * Reads a text file in UTF-8, or in UTF-16 with a byte order mark. @throws {Error} with one line that gives
 * the reason
 */
export function readText(file: string): string {
  const bytes = read(file);
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw new TypeError('it contains NUL');
    return text;
  } catch (cause) {
    throw new Error(`${file} is not a text in UTF-8`, { cause });
  }
}

function read(file: string): Buffer {
  try {
    const found = statSync(file);
    // Rejects pipes and devices, because reading one may never end.
    if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is not a file');
    if (found.size > maxBytes)
      throw new Error(`it has ${Math.round(found.size / 2 ** 20)} MB, and at most 32 are read`);
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}
