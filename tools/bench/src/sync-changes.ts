import { type Json, type JsonObject } from '@bff/diff-sync';

/** From 0 to below `limit`, reproducibly (mulberry32). */
export type Random = (limit: number) => number;

export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 2_654_435_769);
  return function random(limit) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

type Container = Record<string, Json>;
type Item = Container & { id: Json };

/**
 * The view after so many changes, each of one member by chance; one in five is a new item at the head of a list, and its
 * last item gone. New texts are as long as the old ones and made by chance: nothing for a coding to find.
 */
export function changed(view: JsonObject, count: number, random: Random): JsonObject {
  const copy = structuredClone(view) as Container;
  const lists = Object.values(copy).filter(isList);
  for (let made = 0; made < count; made++) {
    const list = lists[random(lists.length)];
    if (list && random(5) === 0) {
      const item = structuredClone(list[random(list.length)]) as Item;
      list.pop();
      list.unshift(Object.assign(item, { id: other(item.id, random) }));
    } else {
      const places = placesIn(copy);
      const [container, name] = places[random(places.length)] as [Container, string];
      container[name] = other(container[name] as Json, random);
    }
  }
  return copy;
}

const isList = (value: Json): value is Item[] =>
  Array.isArray(value) && value.length > 0 && value.every((item: Json) => isContainer(item) && 'id' in item);
const isContainer = (value: Json): value is Container => typeof value === 'object' && value !== null;

/** Members that tell what a thing is and where a list goes on do not change. */
const fixed = new Set(['id', 'next_cursor']);

function placesIn(container: Container): [Container, string][] {
  return Object.entries(container).flatMap(([name, value]) => {
    if (isContainer(value)) return placesIn(value);
    return fixed.has(name) ? [] : [[container, name] as [Container, string]];
  });
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

function other(value: Json, random: Random): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1 + random(Math.max(9, Math.abs(value)));
  return Array.from(String(value), (letter) =>
    /[a-z0-9]/i.test(letter) ? letters[random(letters.length)] : letter,
  ).join('');
}
