import type { IncomingMessage } from 'node:http';

/** An IP literal or a name, which may be percent-encoded, with an optional port (RFC 3986, section 3.2.2). */
const hostSyntax = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})+)(?::\d*)?$/i;

/** Returns what is wrong with the `Host` of a request (RFC 9112, section 3.2); undefined when it is valid. */
export function hostError({ rawHeaders, headers, httpVersion }: IncomingMessage): string | undefined {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') count++;
  }
  if (count > 1) return 'There is more than one Host field.';
  if (count === 1) return hostSyntax.test(headers.host ?? '') ? undefined : 'The Host field is not valid.';
  return httpVersion === '1.0' ? undefined : 'There is no Host field.';
}
