/** Variants in which each screen is requested. */
export const asks = [
  'identity',
  'gzip',
  'br',
  'zstd',
  'browser',
  'fields',
  'flat',
  'HEAD',
  'If-None-Match',
] as const;
export type Ask = (typeof asks)[number];

export interface AnswerFigures {
  readonly ask: Ask;
  readonly status: number;
  /** Bytes of the content as sent. */
  readonly bodyBytes: number;
  /** Status line and header section, without the fields whose length varies between answers. */
  readonly headBytes: number;
  /** The entity tag without its token, which differs with every key. */
  readonly etag: string | null;
  readonly vary: string | null;
  readonly cacheControl: string | null;
  readonly contentEncoding: string | null;
}

export interface Coded {
  readonly bytes: number;
  readonly gzipBytes: number;
}

export interface ScreenFigures {
  readonly client: string;
  readonly screen: string;
  readonly path: string;
  readonly fields: string;
  /**
   * Calls of services for this answer, and bytes that the services sent, which a client without a BFF would
   * load.
   */
  readonly upstream: { readonly calls: number; readonly bytes: number };
  readonly answers: readonly AnswerFigures[];
  /** The same body with and without its null members. */
  readonly nulls: { readonly kept: Coded; readonly stripped: Coded };
}

/** An answer while one service fails, and the first complete one afterwards. */
export interface DegradedFigures {
  readonly client: string;
  readonly path: string;
  readonly during: DegradedAnswer;
  readonly after: DegradedAnswer;
}
export interface DegradedAnswer {
  readonly status: number;
  readonly etag: string | null;
  readonly cacheControl: string | null;
  readonly degraded: string | null;
}

export interface Spread {
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly most: number;
}

/** Savings of null stripping on many payloads of one kind, in percent of each payload. */
export interface PayloadFigures {
  readonly of: string;
  readonly payloads: number;
  readonly bytes: number;
  readonly strippedBytes: number;
  readonly gzipBytes: number;
  readonly strippedGzipBytes: number;
  readonly savedPercent: Spread;
  readonly savedGzipPercent: Spread;
  /**
   * Number of payloads in which null stripping saves at least the claimed minimum, compared without coding
   * (`asClaimed`) and with gzip (`asClaimedGzip`).
   */
  readonly asClaimed: number;
  readonly asClaimedGzip: number;
}

export interface SizesReport {
  readonly user: string;
  readonly screens: readonly ScreenFigures[];
  readonly degraded: readonly DegradedFigures[];
  readonly payloads: readonly PayloadFigures[];
}
