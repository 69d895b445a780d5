export type Json = Record<string, unknown>;
/** Clients that request screens by path. */
export type HttpClient = 'web' | 'mobile' | 'partner';
export type Client = HttpClient | 'agent';

/** Data of one user, read from the services directly. The product adds members. */
export interface Facts {
  readonly tenant: string;
  readonly user: string;
}

/** Calls a service directly, on behalf of one user of one tenant. */
export type ReadService = (service: string, path: string) => Promise<Json>;

/** Fallback that replaced each lost source, by name of the source. */
export type Replaced = ReadonlyMap<string, 'stale' | 'default'>;

/** The guarantees of the product for every answer, specified independently of the product's code. */
export interface Contract {
  /**
   * Returns the expected view without `_meta`. `next_cursor` is true, or false if there is a member without a
   * cursor, because cursors are sealed.
   *
   * @throws {Error} on a screen or a degradation that the contract does not know
   */
  expectedView(client: Client, screen: string, facts: Facts, replaced: Replaced): Json;
  /** Returns whether the screen has a required source, without which the request fails. */
  isRequired(screen: string): boolean;
  /** Words in each tenant's data; no answer to another tenant may contain them. */
  readonly wordsOf: Readonly<Record<string, readonly string[]>>;
  /** Words that no answer may contain. */
  readonly secretWords: readonly string[];
  /** The member that writers increment, with If-Match. */
  readonly counter: {
    /** The screen that contains the member, and to which writers write. */
    readonly screen: string;
    /** While this source is stale, the counter may be older than the last acknowledged write. */
    readonly source: string;
    readonly member: string;
    /** Returns the object of a view that contains the member; undefined when there is none. */
    holderOf(client: Client, screen: string, view: Json): Json | undefined;
  };
  /**
   * The list whose items writers mark, each once. `member` of an item is the time of its mark; null before
   * it.
   */
  readonly marks: { readonly list: string; readonly member: string };
}

export interface ProductTenant {
  readonly id: string;
  readonly name: string;
  /** Policy on the members of its views. */
  readonly fields: { readonly blocked?: readonly string[]; readonly allowed?: readonly string[] };
  /** Client credentials of its partner. */
  readonly partner: { readonly clientId: string; readonly clientSecret: string };
  /**
   * Returns the ids of `count` seeded users, starting with the user number `from`. Numbers start at 1, and
   * there are at least a hundred users.
   */
  users(from: number, count: number): readonly string[];
}

/** A call of a tool of the Model Context Protocol. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Json;
}

/** The tools with which agents read and write what the other clients read and write by paths. */
export interface ProductTools {
  /** Scopes of the agents' access tokens, space-separated. */
  readonly scope: string;
  /** The calls that read screens under load, by name of the screen. */
  readonly screens: Readonly<Record<string, ToolCall>>;
  /** Returns the call that changes the document with the counter by a merge patch. */
  change(version: string, patch: Json): ToolCall;
  /** Reads the newest items of the list whose items are marked. */
  readonly marks: ToolCall;
  /** Returns the call that marks an item. */
  mark(id: string): ToolCall;
}

/**
 * Describes the product to the chaos, soak, fuzz and isolation runs; everything else in this tool is
 * independent of it.
 */
export interface BrokenProduct {
  /** The policy of the first tenant allows all writes. */
  readonly tenants: readonly [ProductTenant, ProductTenant];
  /** Name of the screen with the most sources; every client has it. */
  readonly composed: string;
  /** Name of the partner's screen that is requested beyond the quota. */
  readonly flood: string;
  /** Returns settings of the demo services. `delayMs`: delay of the slow service. */
  serviceEnv(delayMs: number): Readonly<Record<string, string>>;
  /** Returns the paths of the screens that HTTP clients read under load, by name of the screen. */
  screensOf(client: HttpClient, user: string): Readonly<Record<string, string>>;
  readonly agent: ProductTools;
  readFacts(read: ReadService, tenant: string, user: string): Promise<Facts>;
  readonly contract: Contract;
  readonly counter: {
    readonly service: string;
    /** Returns the counter from the service's data. */
    read(facts: Facts): unknown;
    /**
     * Simulates a bug that the run must detect: removes the counters of a user from the service's database.
     * @returns number of removed rows
     */
    forget(databaseFile: string, user: string): number;
  };
  readonly marks: {
    readonly service: string;
    /** Path of a page of web-bff and mobile-bff with the newest 50 items. */
    readonly screen: string;
    /** Returns the path of the write that marks an item. */
    writeOf(id: string): string;
    /** Returns the path at which the service lists the items, at most 100, in the member `items`. */
    truthOf(user: string): string;
    /** Inserts unmarked items into the service's database. */
    plant(databaseFile: string, of: { tenant: string; user: string; ids: readonly string[] }): void;
    /**
     * Simulates a bug that the run must detect: removes the marks of the planted items.
     * @returns number of changed rows
     */
    forgetMarks(databaseFile: string, user: string): number;
    /** Simulates another bug that the run must detect: removes the planted items. */
    forgetItems(databaseFile: string, user: string): number;
  };
  readonly isolation: IsolationProduct;
  /** Values that reach more code than random ones. */
  readonly fuzz: {
    /** Values of parameters, by name of the parameter in the OpenAPI documents. */
    readonly values: Readonly<Record<string, readonly string[]>>;
    readonly bodies: readonly string[];
    readonly words: readonly string[];
  };
}

/**
 * Describes reads and writes of a user id that exists in both tenants. The data of the two users at the
 * services differs only in a planted word, the marker of the tenant.
 */
export interface IsolationProduct {
  readonly user: string;
  /** Returns the paths of all screens. */
  pathsOf(client: HttpClient): readonly string[];
  /** A value of `fields=`. */
  readonly fields: string;
  /**
   * Returns the service's answer for a path. It contains the marker in every text and the hidden word in
   * members that no tenant may see; one member changes with the revision.
   */
  answer(path: string, marker: string, revision: number, hidden: string): unknown;
  /** The document that is written with a merge patch and If-Match. */
  readonly document: {
    /** Returns the user whose document this path of a service denotes; undefined for other paths. */
    ownerOf(path: string): string | undefined;
    readonly member: string;
    readonly patchMember: string;
    pathOf(client: HttpClient): string;
  };
  /** Returns the path of a write without a body. */
  actionOf(client: HttpClient): string;
  /** Returns the path of an item that does not exist. */
  unknownOf(client: HttpClient): string;
  /**
   * Path of a page for partners that has a next page, and the member of its answer that contains the cursor.
   */
  readonly page: { readonly path: string; readonly cursor: string };
  /** The same for agents, as tool calls. */
  readonly agent: {
    readonly reads: readonly ToolCall[];
    /** Reads the document. */
    readonly document: ToolCall;
    change(version: string, patch: Json): ToolCall;
    /** A write without a body. */
    readonly action: ToolCall;
    /** A write that has to be confirmed. */
    readonly deletion: ToolCall;
    /** Reads the receipt of a write. */
    readonly receipt: ToolCall;
    /** Reads an item that does not exist. */
    readonly unknown: ToolCall;
    readonly page: { readonly call: ToolCall; readonly cursor: string };
  };
}
