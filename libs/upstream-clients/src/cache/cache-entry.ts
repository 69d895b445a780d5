import type { IncomingHttpHeaders } from 'node:http';
import { parseHttpDate } from '@bff/service-kit';
import { cacheControl, deltaSeconds } from './cache-control.ts';
import type { KnownAnswer, Reply } from '../pipeline/call.ts';
import { modificationOf, type Modification } from './modification.ts';

/** The header fields that decide how long an entry may be used. */
export interface EntryFields {
  readonly cacheControl: string | undefined;
  readonly expires: string | undefined;
  /** The `Date` that `expires` is compared with, or the time of arrival: milliseconds since 1970. */
  readonly date: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** The stored form of an answer. */
export interface StoredForm<T> {
  read(): T;
}

/**
 * A value stored as JSON text, for an entry that may not be used without revalidation: it is rarely read, and
 * as a value it would be some fifty objects, which each full garbage collection visits.
 */
export class StoredText<T> implements StoredForm<T> {
  readonly #text: string;
  readonly #model: { parse(json: unknown): T };

  private constructor(text: string, model: { parse(json: unknown): T }) {
    this.#text = text;
    this.#model = model;
  }

  /** Reuses the existing entry if the text is unchanged: it is already in V8's old generation. */
  static of<T>(
    text: string,
    model: { parse(json: unknown): T },
    held: StoredForm<T> | undefined,
  ): StoredText<T> {
    return held instanceof StoredText && held.#text === text ? held : new StoredText(text, model);
  }

  read(): T {
    return this.#model.parse(JSON.parse(this.#text));
  }
}

export const keptValue = <T>(value: T): StoredForm<T> => ({ read: () => value });

/** A cache entry: an answer, and how long it may be used. Times are milliseconds on the monotonic clock. */
export interface CacheEntry<T> extends KnownAnswer {
  readonly kept: StoredForm<T>;
  readonly fields: EntryFields;
  /** Length of the answer as received. */
  readonly bytes: number;
  readonly askedAt: number;
  /** When the origin created or last confirmed the answer: the time of its arrival minus its age. */
  readonly bornAt: number;
  readonly freshUntil: number;
  /** End of stale-while-revalidate: until then the entry may be served while it is being revalidated. */
  readonly refreshUntil: number;
  /** End of stale-if-error: until then the entry may be served when the service fails. */
  readonly serveStaleUntil: number;
  /** After this time the entry is removed; until then it may at least be revalidated (304). */
  readonly keepUntil: number;
  /** Undefined when the upstream sent no `Last-Modified` that can be trusted. */
  readonly modification: Modification | undefined;
  /** Whether the upstream allowed the use of the entry without revalidation. */
  readonly allowed: boolean;
}

/**
 * When the request was made and when its answer arrived; `wall` is the arrival in milliseconds since 1970, to
 * compare with the upstream's dates.
 */
export interface Timing {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly wall: number;
}

/**
 * Matches request header fields whose value is different in every call: an answer whose `Vary` names one of
 * them cannot be reused. All other fields that we send are constant, or follow from tenant and identity.
 */
const volatile = /(?:^|[\s,])(?:\*|traceparent|tracestate|x-request-id|x-request-timeout-ms)(?:[\s,]|$)/i;

/**
 * Creates the entry for an answer; returns undefined when it must not be stored (RFC 9111, section 3). A 304
 * updates the header fields of the entry that it confirms (section 4.3.4).
 */
export function entryOf<T>(
  value: T,
  textOf: () => StoredForm<T> | undefined,
  { status, headers, bytes }: Reply,
  timing: Timing,
  staleIfErrorMs: number,
  confirmed?: CacheEntry<T>,
): CacheEntry<T> | undefined {
  const { vary } = headers;
  if (vary !== undefined && volatile.test(String(vary))) return undefined;
  if (status === 304 && confirmed) {
    const fields = { ...confirmed.fields, ...given(fieldsOf(headers, timing.wall)) };
    return createEntry(
      value,
      () => confirmed.kept,
      fields,
      confirmed.bytes,
      timing.askedAt,
      birth(headers, fields.date, timing),
      staleIfErrorMs,
    );
  }
  if (status !== 200) return undefined;
  const fields = fieldsOf(headers, timing.wall);
  return createEntry(
    value,
    textOf,
    fields,
    bytes,
    timing.askedAt,
    birth(headers, fields.date, timing),
    staleIfErrorMs,
  );
}

/** Time after its freshness lifetime for which an entry with a validator is kept, to be revalidated. */
const confirmableMs = 600_000;

/**
 * Creates an entry.
 * @param textOf returns the text that is stored instead of the value when the upstream does not allow use
 * without revalidation
 * @param staleIfErrorMs stale-if-error time for upstreams that do not send this directive
 */
export function createEntry<T>(
  value: T,
  textOf: () => StoredForm<T> | undefined,
  fields: EntryFields,
  bytes: number,
  askedAt: number,
  bornAt: number,
  staleIfErrorMs: number,
): CacheEntry<T> | undefined {
  const { etag, lastModified } = fields;
  const control = fields.cacheControl === undefined ? silent : cacheControl(fields.cacheControl);
  if (control.noStore) return undefined;
  const freshMs = control.noCache ? 0 : (control.maxAgeMs ?? lifetimeOf(fields));
  const mayBeStale = !control.noCache && !control.mustRevalidate;
  const refreshMs = mayBeStale ? (control.staleWhileRevalidateMs ?? 0) : 0;
  const serveStaleMs = mayBeStale ? (control.staleIfErrorMs ?? staleIfErrorMs) : 0;
  const canBeConfirmed = etag !== undefined || lastModified !== undefined;
  const keepMs = Math.max(refreshMs, serveStaleMs, canBeConfirmed ? confirmableMs : 0);
  if (freshMs + keepMs <= 0) return undefined;
  const freshUntil = bornAt + freshMs;
  const allowed = freshMs + refreshMs > 0 || (mayBeStale && (control.staleIfErrorMs ?? 0) > 0);
  return {
    kept: (allowed ? undefined : textOf()) ?? keptValue(value),
    etag,
    lastModified,
    fields,
    bytes,
    askedAt,
    bornAt,
    freshUntil,
    refreshUntil: freshUntil + refreshMs,
    serveStaleUntil: freshUntil + serveStaleMs,
    keepUntil: freshUntil + keepMs,
    modification: lastModified === undefined ? undefined : modificationOf(lastModified, fields.date),
    allowed,
  };
}

const silent = cacheControl('');

const one = (field: string | string[] | undefined): string | undefined =>
  Array.isArray(field) ? field.join(', ') : field;

function fieldsOf(headers: IncomingHttpHeaders, wall: number): EntryFields {
  const date = one(headers.date);
  return {
    cacheControl: one(headers['cache-control']),
    expires: one(headers.expires),
    date: (date === undefined ? undefined : dateOf(date)) ?? wall,
    etag: one(headers.etag),
    lastModified: one(headers['last-modified']),
  };
}

const given = (fields: EntryFields): Partial<EntryFields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * Returns the freshness lifetime that `Expires` gives, in milliseconds; an invalid `Expires` counts as past
 * (RFC 9111, section 5.3). Heuristic freshness (section 4.2.2) is not used: without an explicit lifetime
 * every use is revalidated.
 */
function lifetimeOf({ expires, date }: EntryFields): number {
  return expires === undefined ? 0 : Math.max(0, (parseHttpDate(expires) ?? 0) - date);
}

/**
 * Returns the time of arrival minus the age of the answer (RFC 9111, section 4.2.3). The apparent age is in
 * seconds, because the upstream's `Date` has no finer resolution.
 */
function birth(headers: IncomingHttpHeaders, date: number, { askedAt, answeredAt, wall }: Timing): number {
  const apparentAge = Math.max(0, Math.floor(wall / 1_000) * 1_000 - date);
  const [age = ''] = (one(headers.age) ?? '').split(',');
  const correctedAge = deltaSeconds(age.trim()) * 1_000 + (answeredAt - askedAt);
  return Math.floor(answeredAt - Math.max(apparentAge, correctedAge));
}

let lastDate = { text: '', date: undefined as number | undefined };

/** Parses `Date`. The last result is memoized, because all answers of one second carry the same date. */
function dateOf(text: string): number | undefined {
  if (lastDate.text !== text) lastDate = { text, date: parseHttpDate(text) };
  return lastDate.date;
}
