import type { AnswerSizes } from '../measured-product.ts';

export interface UpstreamOptions extends AnswerSizes {
  /** Until the answer begins, in milliseconds. */
  readonly latencyMs: number;
  /** Of every answer; without it, nobody says how long it may be kept. */
  readonly cacheControl?: string;
  /** Paths that end so are never answered. */
  readonly hang?: string;
  /** Paths that end so are answered with 500. */
  readonly fail?: string;
}

const usual: UpstreamOptions = { latencyMs: 0, listItems: 5, itemParts: 2 };

/** @param json members that differ from the usual ones: no delay, five items of two parts */
export function upstreamOptions(json = '{}'): UpstreamOptions {
  return { ...usual, ...(JSON.parse(json) as Partial<UpstreamOptions>) };
}
