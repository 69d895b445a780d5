/** Port that the starting process assigns to the peer. */
export const port = Number(process.env['PORT']);
export const upstreamUrl = process.env['UPSTREAM_URL'] ?? '';
/** Key of the session tokens (HS256), for the peers that verify one. */
export const sessionSecret = process.env['SESSION_SECRET'] ?? '';
/** High enough that no request is rejected: the cost of counting is measured, not the limit. */
export const requestsPerMinute = 1_000_000_000;

/** Returns the user named by the request header, which peers without sessions trust. */
export function userOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  return String(headers['x-user']);
}
