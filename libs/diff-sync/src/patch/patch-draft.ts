import { isArray, isObject, type Json } from '../protocol/json.ts';
import type { PatchOperation } from './json-patch.ts';

/** A state of a draft to which it can be rolled back. */
export interface DraftMark {
  readonly count: number;
  readonly length: number;
}

/** A patch under construction, which tracks the length of its JSON. */
export class PatchDraft {
  readonly operations: PatchOperation[] = [];
  readonly #texts: string[] = [];
  #length = 0;

  /** The patch as JSON. */
  get body(): string {
    return `[${this.#texts.join(',')}]`;
  }

  push(operation: PatchOperation): void {
    const text = JSON.stringify(operation);
    this.operations.push(operation);
    this.#texts.push(text);
    this.#length += text.length + 1;
  }

  mark(): DraftMark {
    return { count: this.operations.length, length: this.#length };
  }

  /** Replaces all operations since the mark by one `replace`, when that is shorter. */
  shorten(mark: DraftMark, path: string, value: Json): void {
    if (this.operations.length - mark.count < 2) return;
    const spent = this.#length - mark.length;
    // A long array would otherwise be serialized again for each level above it. So its length is first
    // estimated, which stops as soon as the replacement cannot be shorter.
    if (budgetAfter(value, spent - path.length) < 0) return;
    const operation = { op: 'replace', path, value } as const;
    if (JSON.stringify(operation).length >= spent) return;
    this.operations.length = this.#texts.length = mark.count;
    this.#length = mark.length;
    this.push(operation);
  }
}

/**
 * Returns how much of `room` is left after the JSON of a value (escapes are not counted). Stops reading as
 * soon as the result is negative.
 */
function budgetAfter(value: Json | undefined, room: number): number {
  if (room < 0) return room;
  if (typeof value === 'string') return room - value.length - 2;
  if (isArray(value)) {
    let left = room - 2;
    for (const item of value) if ((left = budgetAfter(item, left - 1)) < 0) break;
    return left;
  }
  if (isObject(value)) {
    let left = room - 2;
    for (const name of Object.keys(value))
      if ((left = budgetAfter(value[name], left - name.length - 4)) < 0) break;
    return left;
  }
  return room - String(value).length;
}
