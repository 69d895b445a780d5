import type { IncomingHttpHeaders } from 'node:http';
import { parseHttpDate } from '@bff/service-kit';
import { cacheControl, deltaSeconds } from './cache-control.ts';
import type { KnownAnswer, Reply } from '../pipeline/call.ts';
import { modificationOf, type Modification } from './modification.ts';

/** The header fields that decide what a copy is good for. */
export interface CopyFields {
  readonly cacheControl: string | undefined;
  readonly expires: string | undefined;
  /** The `Date` that `expires` is to be measured from, or when the answer came, in milliseconds since 1970. */
  readonly date: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** What is kept of an answer. */
export interface Kept<T> {
  read(): T;
}

/**
 * Its text. A copy that is to stand in for failures is seldom used, and its value would be fifty objects that each full
 * collection looks at.
 */
export class KeptText<T> implements Kept<T> {
  readonly #text: string;
  readonly #model: { parse(json: unknown): T };

  private constructor(text: string, model: { parse(json: unknown): T }) {
    this.#text = text;
    this.#model = model;
  }

  /** What is held, where that is the same text: it is among the old objects already, and a new one would have to get there. */
  static of<T>(text: string, model: { parse(json: unknown): T }, held: Kept<T> | undefined): KeptText<T> {
    return held instanceof KeptText && held.#text === text ? held : new KeptText(text, model);
  }

  read(): T {
    return this.#model.parse(JSON.parse(this.#text));
  }
}

export const keptValue = <T>(value: T): Kept<T> => ({ read: () => value });

/** An answer that is kept, and for how long it may be used. Times are milliseconds on the monotonic clock. */
export interface CachedCopy<T> extends KnownAnswer {
  readonly kept: Kept<T>;
  readonly fields: CopyFields;
  /** Length of the answer as received. */
  readonly bytes: number;
  readonly askedAt: number;
  /** When the origin made or last confirmed it: now less its age. */
  readonly bornAt: number;
  readonly freshUntil: number;
  /** Until when it may be used while it is being renewed. */
  readonly refreshUntil: number;
  /** Until when it may stand in for an answer that failed. */
  readonly standInUntil: number;
  /** Of no use after this, not even to be confirmed. */
  readonly keepUntil: number;
  /** Undefined when the upstream sent no `Last-Modified` that can be trusted. */
  readonly modification: Modification | undefined;
  /** Whether the upstream itself said that it may be used without asking. */
  readonly allowed: boolean;
}

/** Asked when and answered when; `wall` is the answer's time since 1970, for the upstream's dates. */
export interface Timing {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly wall: number;
}

/** Differ from call to call, so that an answer chosen by them is good for nobody else. The others that we send are constant, or follow from tenant and identity. */
const volatile = /(?:^|[\s,])(?:\*|traceparent|tracestate|x-request-id|x-request-timeout-ms)(?:[\s,]|$)/i;

/**
 * What may be kept of an answer, or undefined (RFC 9111, section 3). A confirmed one (304) changes the fields of the copy
 * that it confirms (section 4.3.4).
 */
export function copyOf<T>(
  value: T,
  text: Kept<T> | undefined,
  { status, headers, bytes }: Reply,
  timing: Timing,
  staleIfErrorMs: number,
  confirmed?: CachedCopy<T>,
): CachedCopy<T> | undefined {
  const { vary } = headers;
  if (vary !== undefined && volatile.test(String(vary))) return undefined;
  if (status === 304 && confirmed) {
    const fields = { ...confirmed.fields, ...given(fieldsOf(headers, timing.wall)) };
    return madeCopy(
      value,
      confirmed.kept,
      fields,
      confirmed.bytes,
      timing.askedAt,
      birth(headers, fields.date, timing),
      staleIfErrorMs,
    );
  }
  if (status !== 200) return undefined;
  const fields = fieldsOf(headers, timing.wall);
  return madeCopy(
    value,
    text,
    fields,
    bytes,
    timing.askedAt,
    birth(headers, fields.date, timing),
    staleIfErrorMs,
  );
}

/** For how long after it stopped to be fresh a copy with a validator is worth its place. */
const confirmableMs = 600_000;

/**
 * @param text kept in place of the value where the upstream does not allow that it is used without asking
 * @param staleIfErrorMs for upstreams that do not say it themselves
 */
export function madeCopy<T>(
  value: T,
  text: Kept<T> | undefined,
  fields: CopyFields,
  bytes: number,
  askedAt: number,
  bornAt: number,
  staleIfErrorMs: number,
): CachedCopy<T> | undefined {
  const { etag, lastModified } = fields;
  const control = fields.cacheControl === undefined ? silent : cacheControl(fields.cacheControl);
  if (control.noStore) return undefined;
  const freshMs = control.noCache ? 0 : (control.maxAgeMs ?? lifetimeOf(fields));
  const mayBeStale = !control.noCache && !control.mustRevalidate;
  const refreshMs = mayBeStale ? (control.staleWhileRevalidateMs ?? 0) : 0;
  const standInMs = mayBeStale ? (control.staleIfErrorMs ?? staleIfErrorMs) : 0;
  const canBeConfirmed = etag !== undefined || lastModified !== undefined;
  const keepMs = Math.max(refreshMs, standInMs, canBeConfirmed ? confirmableMs : 0);
  if (freshMs + keepMs <= 0) return undefined;
  const freshUntil = bornAt + freshMs;
  const allowed = freshMs + refreshMs > 0 || (mayBeStale && (control.staleIfErrorMs ?? 0) > 0);
  return {
    kept: allowed || !text ? keptValue(value) : text,
    etag,
    lastModified,
    fields,
    bytes,
    askedAt,
    bornAt,
    freshUntil,
    refreshUntil: freshUntil + refreshMs,
    standInUntil: freshUntil + standInMs,
    keepUntil: freshUntil + keepMs,
    modification: lastModified === undefined ? undefined : modificationOf(lastModified, fields.date),
    allowed,
  };
}

const silent = cacheControl('');

const one = (field: string | string[] | undefined): string | undefined =>
  Array.isArray(field) ? field.join(', ') : field;

function fieldsOf(headers: IncomingHttpHeaders, wall: number): CopyFields {
  const date = one(headers.date);
  return {
    cacheControl: one(headers['cache-control']),
    expires: one(headers.expires),
    date: (date === undefined ? undefined : dateOf(date)) ?? wall,
    etag: one(headers.etag),
    lastModified: one(headers['last-modified']),
  };
}

const given = (fields: CopyFields): Partial<CopyFields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Section 5.3: what is no date is past. No heuristics (section 4.2.2): who says nothing is asked each time. */
function lifetimeOf({ expires, date }: CopyFields): number {
  return expires === undefined ? 0 : Math.max(0, (parseHttpDate(expires) ?? 0) - date);
}

/** Section 4.2.3, in whole seconds where the upstream's clock, which tells no more, is compared with ours. */
function birth(headers: IncomingHttpHeaders, date: number, { askedAt, answeredAt, wall }: Timing): number {
  const apparentAge = Math.max(0, Math.floor(wall / 1_000) * 1_000 - date);
  const [age = ''] = (one(headers.age) ?? '').split(',');
  const correctedAge = deltaSeconds(age.trim()) * 1_000 + (answeredAt - askedAt);
  return Math.floor(answeredAt - Math.max(apparentAge, correctedAge));
}

let lastDate = { text: '', date: undefined as number | undefined };

/** All answers of one second carry the same date. */
function dateOf(text: string): number | undefined {
  if (lastDate.text !== text) lastDate = { text, date: parseHttpDate(text) };
  return lastDate.date;
}
