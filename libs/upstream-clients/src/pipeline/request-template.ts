import type { ParameterValue } from './call.ts';
import type { AnyOperation, Delimiter } from './operation.ts';

type Input = Readonly<Record<string, ParameterValue>>;

/** Target and header fields of a request, from the parameters of one call. */
export interface RequestTarget {
  /** Path and query. */
  readonly target: string;
  /** Header parameters, alternating names and values. */
  readonly headers: readonly string[];
}

/**
 * Returns the target of a call, or undefined when a parameter cannot be a path segment: no such resource can
 * exist.
 */
export type RequestTemplate = (input: Input) => RequestTarget | undefined;

const noHeaders: readonly string[] = [];

/**
 * Compiles a path such as `/things/{thingId}` with its parameters. A path parameter always stays one segment:
 * separators are escaped. Rejects the empty string, lone surrogates, and `.` and `..`, which URL parsers
 * resolve even when escaped (RFC 3986, section 5.2.4).
 */
export function compileRequest({
  path,
  query,
  joined,
  headers,
}: Pick<AnyOperation, 'path' | 'query' | 'joined' | 'headers'>): RequestTemplate {
  const [prefix = '', ...rest] = path.split('{');
  const steps = rest.map((step) => {
    const [name = '', literal = ''] = step.split('}');
    return { name, literal };
  });
  const inQuery = parametersOf(query);
  const inHead = parametersOf(headers);

  return function targetOf(input) {
    let target = prefix;
    for (const { name, literal } of steps) {
      const value = input[name];
      if (typeof value !== 'string' || !isSegment(value)) return undefined;
      target += encodeURIComponent(value) + literal;
    }
    if (inQuery.length > 0) target += queryString(inQuery, joined, input);
    return { target, headers: inHead.length === 0 ? noHeaders : headerFields(inHead, input) };
  };
}

const isSegment = (value: string): boolean =>
  value !== '' && value !== '.' && value !== '..' && value.isWellFormed();

interface DeclaredParameter {
  readonly name: string;
  /** Default of the schema, sent when the caller gives no value; undefined: nothing is sent. */
  readonly fallback: ParameterValue;
}

const parametersOf = (schemas: AnyOperation['query']): readonly DeclaredParameter[] =>
  Object.entries(schemas).map(([name, schema]) => ({
    name,
    fallback: schema.safeParse(undefined).data as ParameterValue,
  }));

const encoded = (value: unknown): string => encodeURIComponent(String(value).toWellFormed());

function queryString(
  parameters: readonly DeclaredParameter[],
  joined: AnyOperation['joined'],
  input: Input,
): string {
  let text = '';
  for (const { name, fallback } of parameters) {
    const value = input[name] ?? fallback;
    if (value === undefined) continue;
    const delimiter = joined[name];
    const values = Array.isArray(value) ? value.map(encoded) : [encoded(value)];
    // The delimiter itself stays unescaped where a query allows it; inside an item it is encoded, so the two
    // differ.
    const sent =
      delimiter === undefined || values.length === 0 ? values : [values.join(delimiterIn(delimiter))];
    for (const each of sent) text += `${text ? '&' : '?'}${encodeURIComponent(name)}=${each}`;
  }
  return text;
}

/** Returns a delimiter as a query may contain it: only the comma is unescaped (RFC 3986, section 3.4). */
const delimiterIn = (delimiter: Delimiter): string =>
  delimiter === ',' ? ',' : encodeURIComponent(delimiter);

/**
 * Percent-encodes everything but visible ASCII, so that no value can end its field line (RFC 9110, section
 * 5.5).
 */
function headerFields(parameters: readonly DeclaredParameter[], input: Input): string[] {
  return parameters.flatMap(({ name, fallback }) => {
    const value = input[name] ?? fallback;
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
