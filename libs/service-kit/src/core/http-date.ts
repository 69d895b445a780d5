const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const time = '\\d{2}:\\d{2}:\\d{2}';
/** IMF-fixdate, and the obsolete forms of RFC 850 and asctime, which every recipient must accept. */
const fixdate = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} ${months} \\d{4} ${time} GMT$`);
const rfc850 = new RegExp(
  `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d{2}-${months})-(\\d{2}) (${time} GMT)$`,
);
const asctime = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${months} [ \\d]\\d ${time} \\d{4}$`);

/** Parses a date (RFC 9110, section 5.6.7) to milliseconds since 1970; undefined if it is invalid. */
export function parseHttpDate(text: string): number | undefined {
  if (fixdate.test(text)) return finite(Date.parse(text));
  if (asctime.test(text)) return finite(Date.parse(`${text} GMT`));
  const [, day, year, rest] = rfc850.exec(text) ?? [];
  return day === undefined ? undefined : finite(Date.parse(`${day}-${fullYear(Number(year))} ${rest}`));
}

/** Formats a time as IMF-fixdate, the only form that a sender may use. @param ms milliseconds since 1970 */
export const formatHttpDate = (ms: number): string => new Date(ms).toUTCString();

/**
 * Resolves a two-digit year. A year that would be more than 50 years in the future is the most recent past
 * year with these digits (RFC 9110, section 5.6.7). `Date.parse` resolves it differently.
 */
function fullYear(digits: number): number {
  const now = new Date().getUTCFullYear();
  const year = now - (now % 100) + digits;
  return year > now + 50 ? year - 100 : year;
}

const finite = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms);
