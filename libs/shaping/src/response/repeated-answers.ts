import { LruCache } from '@bff/service-kit';
import type { JsonObject } from '../view/json.ts';
import type { Answer } from './answer.ts';

/** The uncoded bytes of an answer, and their token if the answer has validators. */
export interface Representation {
  readonly token: string | undefined;
  readonly body: string | Buffer;
}

interface Known {
  readonly view: JsonObject;
  /** Length of the body. */
  readonly length: number;
  /** Stored when the answer was requested a second time. */
  readonly representation: Representation | undefined;
}

/** Memory of a parsed view, in bytes per byte of its JSON. */
const viewWeight = 4;

/**
 * Caches the representations of answers that come completely from the response cache. Until an entry of that
 * cache changes, such an answer consists of the same objects, so it is not serialized and hashed again.
 */
export class RepeatedAnswers {
  readonly #known: LruCache<Known>;

  /** Creates the cache. @param limit bytes stored, including the views */
  constructor(limit: number) {
    this.#known = new LruCache(limit, {
      weigh: ({ length, representation }, key) =>
        key.length + length * (representation ? viewWeight + 1 : viewWeight),
    });
  }

  /** Returns the representation of an answer. @param make creates it if it is not known */
  get(answer: Answer, make: () => Representation): Representation {
    const { view, scope, isFromCache = false } = answer;
    if (!isFromCache) return make();
    const key = JSON.stringify(scope);
    const known = this.#known.get(key);
    const isSame = known !== undefined && hasSameMembers(known.view, view);
    if (isSame && known.representation) return known.representation;
    const representation = make();
    // Most answers are requested once, so only their views are stored at first.
    const stored = isSame ? representation : undefined;
    this.#known.set(key, { view, length: representation.body.length, representation: stored });
    return representation;
  }
}

/** Returns whether two views have the same members in the same sequence; objects are compared by identity. */
function hasSameMembers(one: JsonObject, other: JsonObject): boolean {
  const names = Object.keys(one);
  let index = 0;
  for (const name in other) if (names[index++] !== name || !Object.is(one[name], other[name])) return false;
  return index === names.length;
}
