/** What every peer is told by its starter. */
export const port = Number(process.env['PORT']);
export const upstreamUrl = process.env['UPSTREAM_URL'] ?? '';
/** Of the session tokens (HS256) of those that check one. */
export const sessionSecret = process.env['SESSION_SECRET'] ?? '';
/** So high that nobody is turned away: counting is what is measured. */
export const requestsPerMinute = 1_000_000_000;

/** The user whom the plainest peers believe. */
export function userOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  return String(headers['x-user']);
}
