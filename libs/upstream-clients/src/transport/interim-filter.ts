const statusAt = 9;
const shortest = statusAt + 3;
const endOfHead = Buffer.from('\r\n\r\n');
/** Longest interim head that is skipped; a longer one is passed to the parser, which rejects it. */
const maxHeadBytes = 16_384;
const [letterH, zero, one] = [0x48, 0x30, 0x31];

/**
 * Removes interim responses (1xx) from the bytes of a connection: a client ignores those that it did not
 * request (RFC 9110, section 15.2). Undici ignores them too, except `100 Continue`, on which it closes the
 * connection (F12).
 */
export class InterimFilter {
  #isAtHead = false;
  #held: Buffer | undefined;

  /** Prepares for the head of the next answer. To be called before a request is sent. */
  expectHead(): void {
    this.#isAtHead = true;
    this.#held = undefined;
  }

  /** Returns the part of a chunk for the parser, or null when more bytes are needed. */
  pass(chunk: Buffer | null): Buffer | null {
    if (chunk === null || !this.#isAtHead) return chunk;
    let bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = undefined;
    while (bytes.length > 0) {
      const isWhole = bytes.length >= shortest;
      const end = isWhole && isInterim(bytes) ? bytes.indexOf(endOfHead) : undefined;
      const isOther = bytes[0] !== letterH || (isWhole && end === undefined);
      if (isOther || (end === -1 && bytes.length > maxHeadBytes)) {
        this.#isAtHead = false;
        return bytes;
      }
      if (end === undefined || end === -1) {
        this.#held = bytes;
        return null;
      }
      bytes = bytes.subarray(end + endOfHead.length);
    }
    return null;
  }
}

/**
 * Returns whether the status is 1xx but not 101. A 101 is passed to the parser: no upgrade was requested, and
 * the bytes after it would not be HTTP.
 */
const isInterim = (bytes: Buffer): boolean =>
  bytes[statusAt] === one && !(bytes[statusAt + 1] === zero && bytes[statusAt + 2] === one);
