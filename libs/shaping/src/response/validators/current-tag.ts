import { ServerResponse, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Answer } from '../answer.ts';
import type { Sender } from '../sender.ts';

/**
 * `If-Match` of a write (RFC 9110, section 13.1.1): held against the tags that a read of the current state would carry,
 * of every coding, because the client has one of those.
 *
 * @param current the answer that a GET of the written resource would get now
 * @throws {Problem} `precondition-failed`
 */
export async function requireMatch(sender: Sender, current: Answer, ifMatch: string): Promise<void> {
  await askHead(sender, current, { 'if-match': ifMatch, 'accept-encoding': '*' });
}

/** The ETag of an uncoded read of this answer: what a client sends as `If-Match` of its next write. */
export async function currentTag(sender: Sender, current: Answer): Promise<string> {
  const response = await askHead(sender, current, {});
  return String(response.getHeader('ETag'));
}

/** We ask ourselves, so that one place makes tags and one compares them. The answer has no socket and goes nowhere. */
async function askHead(
  sender: Sender,
  answer: Answer,
  headers: OutgoingHttpHeaders,
): Promise<ServerResponse> {
  const request = { method: 'HEAD', headers } as IncomingMessage;
  const response = new ServerResponse(request);
  await sender.send(request, response, answer);
  return response;
}
