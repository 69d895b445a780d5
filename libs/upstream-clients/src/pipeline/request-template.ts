import type { ParameterValue } from './call.ts';
import type { AnyOperation } from './operation.ts';

type Input = Readonly<Record<string, ParameterValue>>;

/** What the parameters of one call make of a request. */
export interface RequestTarget {
  /** Path and query. */
  readonly target: string;
  /** Header parameters, as name, value, name, value. */
  readonly headers: readonly string[];
}

/** The target of a call, or undefined when a parameter cannot be a path segment, so that nothing has such a name. */
export type RequestTemplate = (input: Input) => RequestTarget | undefined;

const noHeaders: readonly string[] = [];

/**
 * Compiles `/things/{thingId}` and its parameters. Each path parameter stays one segment whatever it contains: separators
 * are escaped, and `.` and `..`, which no escape keeps a URL parser from resolving (RFC 3986, section 5.2.4), are refused,
 * as are the empty string and lone surrogates.
 */
export function compileRequest({
  path,
  query,
  headers,
}: Pick<AnyOperation, 'path' | 'query' | 'headers'>): RequestTemplate {
  const [prefix = '', ...rest] = path.split('{');
  const steps = rest.map((step) => {
    const [name = '', literal = ''] = step.split('}');
    return { name, literal };
  });
  const queryNames = Object.keys(query);
  const headerNames = Object.keys(headers);

  return function targetOf(input) {
    let target = prefix;
    for (const { name, literal } of steps) {
      const value = input[name];
      if (typeof value !== 'string' || !isSegment(value)) return undefined;
      target += encodeURIComponent(value) + literal;
    }
    if (queryNames.length > 0) target += queryString(queryNames, input);
    return { target, headers: headerNames.length === 0 ? noHeaders : headerFields(headerNames, input) };
  };
}

const isSegment = (value: string): boolean =>
  value !== '' && value !== '.' && value !== '..' && value.isWellFormed();

function queryString(names: readonly string[], input: Input): string {
  let text = '';
  for (const name of names) {
    const value = input[name];
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value])
      text += `${text ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(String(each).toWellFormed())}`;
  }
  return text;
}

/** RFC 9110, section 5.5: what is not visible ASCII is percent-encoded, so that no value can end its line. */
function headerFields(names: readonly string[], input: Input): string[] {
  return names.flatMap((name) => {
    const value = input[name];
    return value === undefined
      ? []
      : [
          name,
          String(value)
            .toWellFormed()
            .replace(/[^\x20-\x7e]/gu, encodeURIComponent)
            .trim(),
        ];
  });
}
