export type Json = Record<string, unknown>;
export type Client = 'web' | 'mobile' | 'partner';

/** What is true of one user, as the services themselves answer; only the product knows the rest of it. */
export interface Facts {
  readonly tenant: string;
  readonly user: string;
}

/** Calls a service directly, on behalf of one user of one tenant. */
export type ReadService = (service: string, path: string) => Promise<Json>;

/** How a source that was lost was replaced, by its name. */
export type Replaced = ReadonlyMap<string, 'stale' | 'default'>;

/** What the product promises of every answer, written without a line of the product. */
export interface Contract {
  /**
   * The view without `_meta`; `next_cursor` is whether there is one, because it is sealed.
   *
   * @throws {Error} for a screen or a degradation that the contract does not know
   */
  expectedView(client: Client, screen: string, facts: Facts, replaced: Replaced): Json;
  /** Whether the screen has a source without which it is not answered. */
  isRequired(screen: string): boolean;
  /** Words of each tenant's data; no answer to another tenant may contain them. */
  readonly wordsOf: Readonly<Record<string, readonly string[]>>;
  /** Words that no answer at all may contain. */
  readonly secretWords: readonly string[];
  /** The member that writers increment, with If-Match. */
  readonly counter: {
    /** The screen that shows it and that is written. */
    readonly screen: string;
    /** While this source is stale, the counter may be older than the last acknowledged write. */
    readonly source: string;
    readonly member: string;
    /** The object of a view that may have the member. */
    holderOf(client: Client, screen: string, view: Json): Json | undefined;
  };
  /** The list whose items are marked, once each, and the member of an item that has the time of that; null before. */
  readonly marks: { readonly list: string; readonly member: string };
}

export interface ProductTenant {
  readonly id: string;
  readonly name: string;
  /** Policy of its members. */
  readonly fields: { readonly blocked?: readonly string[]; readonly allowed?: readonly string[] };
  /** Client credentials of its partner. */
  readonly partner: { readonly clientId: string; readonly clientSecret: string };
  /** Ids of seeded users, from the given number on, starting with 1. There are at least a hundred. */
  users(from: number, count: number): readonly string[];
}

/** What the fault, soak, fuzz and isolation runs need to know of the product; all else in this tool is independent of it. */
export interface BrokenProduct {
  /** The policy of the first one allows all writes. */
  readonly tenants: readonly [ProductTenant, ProductTenant];
  /** Name of the screen with the most sources; every client has it. */
  readonly composed: string;
  /** Name of a screen of the partner, for more requests than its quota allows. */
  readonly flood: string;
  /** Settings of the demo services. `delayMs`: of the one that is slow. */
  serviceEnv(delayMs: number): Readonly<Record<string, string>>;
  /** The paths of the screens that are read under load, by name. */
  screensOf(client: Client, user: string): Readonly<Record<string, string>>;
  readFacts(read: ReadService, tenant: string, user: string): Promise<Facts>;
  readonly contract: Contract;
  readonly counter: {
    readonly service: string;
    /** The counter in what the service answers. */
    read(facts: Facts): unknown;
    /** A bug to be found: removes the counters of a user from the service's database. @returns number of rows */
    forget(databaseFile: string, user: string): number;
  };
  readonly marks: {
    readonly service: string;
    /** Path of a page of web-bff and mobile-bff with the newest 50 items. */
    readonly screen: string;
    /** Path of the write that marks an item. */
    writeOf(id: string): string;
    /** Path of the service itself: `items`, at most 100. */
    truthOf(user: string): string;
    /** Inserts unmarked items into the service's database. */
    plant(databaseFile: string, of: { tenant: string; user: string; ids: readonly string[] }): void;
    /** Bugs to be found: remove the marks of the planted items, or the items. @returns number of rows */
    forgetMarks(databaseFile: string, user: string): number;
    forgetItems(databaseFile: string, user: string): number;
  };
  readonly isolation: IsolationProduct;
  /** Values that reach deeper than random ones. */
  readonly fuzz: {
    /** By the name of the parameter in the OpenAPI documents. */
    readonly values: Readonly<Record<string, readonly string[]>>;
    readonly bodies: readonly string[];
    readonly words: readonly string[];
  };
}

/** What is read and written by one user of both tenants, against services that differ in a planted word only. */
export interface IsolationProduct {
  readonly user: string;
  /** The paths of all screens. */
  pathsOf(client: Client): readonly string[];
  /** A value of `fields=`. */
  readonly fields: string;
  /**
   * The answer of the services for a path: the marker in every text, the hidden word in those that no tenant may see, one
   * member that changes with the revision.
   */
  answer(path: string, marker: string, revision: number, hidden: string): unknown;
  /** The document that is written with a merge patch and If-Match. */
  readonly document: {
    /** The user whose document a path of the services names; undefined: it names something else. */
    ownerOf(path: string): string | undefined;
    readonly member: string;
    readonly patchMember: string;
    pathOf(client: Client): string;
  };
  /** A write without a body. */
  actionOf(client: Client): string;
  /** An item that does not exist. */
  unknownOf(client: Client): string;
  /** A page of the partner with more items, and the member of its answer that has the cursor. */
  readonly page: { readonly path: string; readonly cursor: string };
}
