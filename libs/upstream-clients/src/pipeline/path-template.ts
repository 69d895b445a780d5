import type { UpstreamRequest } from './call.ts';

/** The path and query of a request, or undefined when a parameter cannot be a path segment, so that nothing has such a name. */
export type PathTemplate = (request: Pick<UpstreamRequest, 'params' | 'query'>) => string | undefined;

/**
 * Compiles `/users/{id}/orders`. Each parameter stays one segment whatever it contains: separators are escaped,
 * and `.` and `..`, which no escape keeps a URL parser from resolving (RFC 3986, section 5.2.4), are refused,
 * as are the empty string and lone surrogates.
 */
export function compilePath(template: string): PathTemplate {
  const [prefix = '', ...rest] = template.split('{');
  const steps = rest.map((step) => {
    const [name = '', literal = ''] = step.split('}');
    return { name, literal };
  });

  return function pathOf({ params, query }) {
    let path = prefix;
    for (const { name, literal } of steps) {
      const value = params[name];
      if (!value || value === '.' || value === '..' || !value.isWellFormed()) return undefined;
      path += encodeURIComponent(value) + literal;
    }
    return query ? path + queryString(query) : path;
  };
}

function queryString(query: NonNullable<UpstreamRequest['query']>): string {
  let text = '';
  for (const name in query) {
    const value = query[name];
    if (value !== undefined)
      text += `${text ? '&' : '?'}${name}=${encodeURIComponent(String(value).toWellFormed())}`;
  }
  return text;
}
