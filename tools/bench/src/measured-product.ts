/** What the measurements need to know of the product; everything else in this tool is independent of it. */
export interface MeasuredProduct {
  readonly composed: ComposedScreen;
  /** A page of web-bff that does not call the lost source. */
  readonly page: { readonly name: string; readonly path: string };
  /** The source of the composed screen that hangs or fails where that is measured. `path`: the end of its calls' paths. */
  readonly lost: { readonly name: string; readonly path: string };
  /** Creates the answers of the simulated services. `version` changes one member of every user's composed screen. */
  sampleAnswers(sizes: AnswerSizes, version: () => number): AnswerTo;
  /**
   * The call whose answer is one number: a source of the screens that have 1 to 20 of them. Its path has the parameter
   * `{userId}`; `member` of the answer is the number, `value` at version 0.
   */
  readonly number: { readonly path: string; readonly member: string; readonly value: number };
  /** Field paths that the policies of the measured tenants block. */
  readonly blockedFields: readonly string[];

  /** Whose screens are counted in bytes. */
  readonly user: string;
  readonly clients: readonly MeasuredClient[];
  /** Client credentials of a partner that may read the user's screens. */
  readonly partner: { readonly clientId: string; readonly clientSecret: string };
  /** Settings that make the demo services answer without delay. */
  readonly serviceEnv: Readonly<Record<string, string>>;
  /** The screen, present at every client, that is read while a service fails, and the source that it loses then. */
  readonly degraded: { readonly screen: string; readonly service: string; readonly source: string };
  /** Screens of mobile-bff whose patches are counted: paths below `/api/`. */
  readonly synced: readonly string[];
  /** Answers of one kind, with their nulls. */
  readonly payloads: readonly PayloadSet[];
}

/**
 * A screen of web-bff and mobile-bff in a form in which other servers (the peers) can build the same one.
 */
export interface ComposedScreen {
  readonly name: string;
  readonly path: string;
  /** A value of `fields=` such as a client might send. */
  readonly fields: string;
  /** Names of its upstream calls. */
  readonly sources: readonly string[];
  /** Values that replace those of lost sources. */
  readonly fallbacks: Readonly<Record<string, unknown>>;
  /** Path and query of the call of a source. */
  pathOf(source: string, user: string): string;
  /** The view of the values of all sources, in their order: member by member what web-bff answers. */
  viewOf(values: readonly unknown[]): object;
  /** Values of all sources for an answer that is always the same. */
  readonly constant: readonly unknown[];
  readonly graphql: {
    readonly typeDefs: string;
    /** Selects every member of the view. */
    readonly query: string;
    /** The source of each field of the query. `take`: what of its value the field is. Default: all of it. */
    readonly fields: Readonly<Record<string, GraphqlField>>;
  };
}

export interface GraphqlField {
  readonly source: string;
  take?(value: unknown): unknown;
}

/** Sizes of the answers of the simulated services. */
export interface AnswerSizes {
  /** Items in a list, at most; a call with a lower limit gets fewer. */
  readonly listItems: number;
  /** Parts of each item; one has about 80 bytes. */
  readonly itemParts: number;
}

/** JSON of a path of the services; undefined where there is none. */
export type AnswerTo = (path: string, limit: number) => string | undefined;

export type MeasuredBff = 'web-bff' | 'mobile-bff' | 'partner-bff';

export interface MeasuredClient {
  readonly name: string;
  readonly bff: MeasuredBff;
  /** Whether its BFF has `shape=flat`. */
  readonly hasFlat: boolean;
  /** By name: the path of each screen, and a selection such as the client might make. */
  readonly screens: Readonly<Record<string, readonly [path: string, fields: string]>>;
}

export interface PayloadSet {
  readonly of: string;
  readonly bff: MeasuredBff;
  readonly paths: readonly string[];
}
