export interface Linked<Node> {
  older?: Node | undefined;
  newer?: Node | undefined;
}

/**
 * Things in the order of their last use. Not the order of a Map: to find the first of one whose first ones were deleted,
 * V8 walks over what they left behind: 25 us at 20,000 entries, against one.
 */
export class RecencyList<Node extends Linked<Node>> {
  #oldest: Node | undefined;
  #newest: Node | undefined;

  get oldest(): Node | undefined {
    return this.#oldest;
  }

  /** Makes it the newest, whether it was here or not. */
  touch(node: Node): void {
    if (node === this.#newest) return;
    this.remove(node);
    node.older = this.#newest;
    if (this.#newest) this.#newest.newer = node;
    else this.#oldest = node;
    this.#newest = node;
  }

  /** Does nothing when it is not here. */
  remove(node: Node): void {
    const { older, newer } = node;
    if (older) older.newer = newer;
    else if (this.#oldest === node) this.#oldest = newer;
    if (newer) newer.older = older;
    else if (this.#newest === node) this.#newest = older;
    node.older = node.newer = undefined;
  }
}
