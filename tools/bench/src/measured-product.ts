/** Describes the product to the measurements; everything else in this tool is independent of it. */
export interface MeasuredProduct {
  readonly composed: ComposedScreen;
  /** A page of web-bff without the source `lost`. */
  readonly page: { readonly name: string; readonly path: string; readonly tool: MeasuredTool };
  /**
   * The source of the composed screen that hangs or fails in some measurements. `path`: the end of the paths
   * of its calls.
   */
  readonly lost: { readonly name: string; readonly path: string };
  /**
   * Creates the answers of the simulated services. A new `version` changes one member of every user's
   * composed screen.
   */
  sampleAnswers(sizes: AnswerSizes, version: () => number): AnswerTo;
  /**
   * The operation that returns one number, which generated screens with 1 to 20 sources call once per source.
   * Its `path` has the parameter `{userId}`; `member` names the number in the answer, `value` is its value at
   * version 0.
   */
  readonly number: { readonly path: string; readonly member: string; readonly value: number };
  /** Scopes of an agent that may call the measured tools. */
  readonly agentScopes: readonly string[];
  /** Field paths that the policies of the measured tenants block. */
  readonly blockedFields: readonly string[];

  /** User whose screens are measured in bytes. */
  readonly user: string;
  readonly clients: readonly MeasuredClient[];
  /** Client credentials of a partner that may read the user's screens. */
  readonly partner: { readonly clientId: string; readonly clientSecret: string };
  /** Settings that make the demo services answer without delay. */
  readonly serviceEnv: Readonly<Record<string, string>>;
  /**
   * The screen that is read while a service fails, which every client has, and the source that is then
   * degraded.
   */
  readonly degraded: { readonly screen: string; readonly service: string; readonly source: string };
  /** Screens of mobile-bff whose patches are measured: paths below `/api/`. */
  readonly synced: readonly string[];
  /** Answers on which the savings of null stripping are measured, grouped by kind. */
  readonly payloads: readonly PayloadSet[];
}

/** A tool call: members of the `params` of `tools/call`. */
export interface MeasuredTool {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A screen of web-bff and mobile-bff, described so that other servers (the peers) can build it. */
export interface ComposedScreen {
  readonly name: string;
  readonly path: string;
  /** The tool of agent-bff with the same sources. */
  readonly tool: MeasuredTool;
  /** A typical value of `fields=`. */
  readonly fields: string;
  /** Names of its upstream calls. */
  readonly sources: readonly string[];
  /** Fallback values by source. */
  readonly fallbacks: Readonly<Record<string, unknown>>;
  /** Returns path and query of the upstream call that a source makes. */
  pathOf(source: string, user: string): string;
  /**
   * Returns the view from the values of all sources, in the order of `sources`. It equals the answer of
   * web-bff member by member.
   */
  viewOf(values: readonly unknown[]): object;
  /** Values of all sources for a constant answer. */
  readonly constant: readonly unknown[];
  readonly graphql: {
    readonly typeDefs: string;
    /** Selects every member of the view. */
    readonly query: string;
    /**
     * The source of each field of the query. `take` selects the field's part of the source's value. Default:
     * the complete value.
     */
    readonly fields: Readonly<Record<string, GraphqlField>>;
  };
}

export interface GraphqlField {
  readonly source: string;
  take?(value: unknown): unknown;
}

/** Sizes of the answers of the simulated services. */
export interface AnswerSizes {
  /** Maximum number of items in a list; a call with a lower limit gets fewer. */
  readonly listItems: number;
  /** Parts of each item, about 80 bytes each. */
  readonly itemParts: number;
}

/** Returns the JSON for a path of the services; undefined for an unknown path. */
export type AnswerTo = (path: string, limit: number) => string | undefined;

export type MeasuredBff = 'web-bff' | 'mobile-bff' | 'partner-bff';

export interface MeasuredClient {
  readonly name: string;
  readonly bff: MeasuredBff;
  /** Whether its BFF supports `shape=flat`. */
  readonly hasFlat: boolean;
  /** Path of each screen and a typical value of `fields=`, by name of the screen. */
  readonly screens: Readonly<Record<string, readonly [path: string, fields: string]>>;
}

export interface PayloadSet {
  readonly of: string;
  readonly bff: MeasuredBff;
  readonly paths: readonly string[];
}
