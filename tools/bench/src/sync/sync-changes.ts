import type { Json, JsonObject } from '@bff/diff-sync';
import type { Chance } from '@bff/testbed';

type Container = Record<string, Json>;
type Item = Container & { id: Json };

/**
 * Returns the view after `count` random changes of one member each. One change in five inserts an item at the
 * head of a list and removes its last one. New texts are random and as long as the old ones, so that they do
 * not compress.
 */
export function changed(view: JsonObject, count: number, chance: Chance): JsonObject {
  const copy = structuredClone(view) as Container;
  const lists = Object.values(copy).filter(isList);
  for (let made = 0; made < count; made++) {
    const list = lists[chance.below(lists.length)];
    if (list && chance.below(5) === 0) {
      const item = structuredClone(list[chance.below(list.length)]) as Item;
      list.pop();
      list.unshift(Object.assign(item, { id: other(item.id, chance) }));
    } else {
      const places = placesIn(copy);
      const [container, name] = places[chance.below(places.length)] as [Container, string];
      container[name] = other(container[name] as Json, chance);
    }
  }
  return copy;
}

const isList = (value: Json): value is Item[] =>
  Array.isArray(value) && value.length > 0 && value.every((item: Json) => isContainer(item) && 'id' in item);
const isContainer = (value: Json): value is Container => typeof value === 'object' && value !== null;

/** Members that never change: identifiers and cursors. */
const fixed = new Set(['id', 'next_cursor']);

function placesIn(container: Container): [Container, string][] {
  return Object.entries(container).flatMap(([name, value]) => {
    if (isContainer(value)) return placesIn(value);
    return fixed.has(name) ? [] : [[container, name] as [Container, string]];
  });
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

function other(value: Json, chance: Chance): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1 + chance.below(Math.max(9, Math.abs(value)));
  return Array.from(String(value), (letter) =>
    /[a-z0-9]/i.test(letter) ? letters[chance.below(letters.length)] : letter,
  ).join('');
}
