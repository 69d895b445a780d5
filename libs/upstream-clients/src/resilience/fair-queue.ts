import { ShortLivedMap } from '@bff/service-kit';

/**
 * A bounded queue that serves tenants in turn, and each tenant first come, first served. When it is full, the newcomer
 * takes the last place of the tenant that waits most, if that is not its own: who sends ten times its share loses it.
 */
export class FairQueue<Tenant, Item> {
  readonly #maxLength: number;
  /** In the order of their turns. No tenant is here without an item. */
  readonly #items = new ShortLivedMap<Tenant, Item[]>();
  #length = 0;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get length(): number {
    return this.#length;
  }

  /** The item that found no place: another one, or this one; undefined when there was room. */
  push(tenant: Tenant, item: Item): Item | undefined {
    const own = this.#items.get(tenant)?.length ?? 0;
    let displaced: Item | undefined;
    if (this.#length >= this.#maxLength) {
      const [longest, items] = this.#longest();
      if (longest === undefined || !items || items.length <= own + 1) return item;
      displaced = items.at(-1);
      this.remove(longest, displaced as Item);
    }
    const items = this.#items.get(tenant);
    if (items) items.push(item);
    else this.#items.set(tenant, [item]);
    this.#length++;
    return displaced;
  }

  shift(): Item | undefined {
    const [turn] = this.#items;
    if (!turn) return undefined;
    const [tenant, items] = turn;
    const item = items.shift();
    this.#length--;
    this.#items.delete(tenant);
    if (items.length > 0) this.#items.set(tenant, items);
    return item;
  }

  /** Does nothing when the item is not there. */
  remove(tenant: Tenant, item: Item): void {
    const items = this.#items.get(tenant);
    const index = items?.lastIndexOf(item) ?? -1;
    if (!items || index < 0) return;
    items.splice(index, 1);
    this.#length--;
    if (items.length === 0) this.#items.delete(tenant);
  }

  #longest(): [Tenant, Item[]] | [undefined, undefined] {
    let longest: [Tenant, Item[]] | [undefined, undefined] = [undefined, undefined];
    for (const each of this.#items) if (each[1].length > (longest[1]?.length ?? 0)) longest = each;
    return longest;
  }
}
