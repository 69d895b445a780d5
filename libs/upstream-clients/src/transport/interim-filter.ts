const statusAt = 9;
const shortest = statusAt + 3;
const endOfHead = Buffer.from('\r\n\r\n');
/** Longest interim head that is skipped; a longer one is left to the parser, which refuses it. */
const maxHeadBytes = 16_384;
const [letterH, zero, one] = [0x48, 0x30, 0x31];

/**
 * Takes interim responses (1xx) out of what a connection receives. RFC 9110, section 15.2: a client ignores those that it did
 * not ask for. Undici does so for all but `100 Continue`, which ends the connection (F12).
 */
export class InterimFilter {
  #isAtHead = false;
  #held: Buffer | undefined;

  /** A request is about to be sent: what comes next is the head of its answer. */
  expectHead(): void {
    this.#isAtHead = true;
    this.#held = undefined;
  }

  /** What of a chunk the parser is to see; null: nothing yet. */
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

/** A status of 1xx, except 101: nobody asked for another protocol, and what follows it is no HTTP. */
const isInterim = (bytes: Buffer): boolean =>
  bytes[statusAt] === one && !(bytes[statusAt + 1] === zero && bytes[statusAt + 2] === one);
