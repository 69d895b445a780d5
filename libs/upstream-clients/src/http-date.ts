const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const time = '\\d{2}:\\d{2}:\\d{2}';
/** IMF-fixdate, and the obsolete forms of RFC 850 and asctime, which every recipient must accept. */
const fixdate = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} ${months} \\d{4} ${time} GMT$`);
const rfc850 = new RegExp(
  `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d{2}-${months}-\\d{2} ${time} GMT$`,
);
const asctime = new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${months} [ \\d]\\d ${time} \\d{4}$`);

/** RFC 9110, section 5.6.7: milliseconds since 1970, or undefined when it is no date. */
export function httpDate(text: string): number | undefined {
  if (fixdate.test(text) || rfc850.test(text)) return finite(Date.parse(text));
  return asctime.test(text) ? finite(Date.parse(`${text} GMT`)) : undefined;
}

const finite = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms);
