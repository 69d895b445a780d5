import { ServerResponse, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Answer } from '../answer.ts';
import type { Sender } from '../sender.ts';

/**
 * Evaluates `If-Match` of a write (RFC 9110, section 13.1.1) against the tags of a current read in every
 * content coding, because the client may have any of them.
 * @param current the answer that a GET of the written resource would get now
 * @throws {Problem} `precondition-failed`
 */
export async function requireMatch(sender: Sender, current: Answer, ifMatch: string): Promise<void> {
  await askHead(sender, current, { 'if-match': ifMatch, 'accept-encoding': '*' });
}

/** Returns the ETag of an uncoded read of this answer, for `If-Match` of the client's next write. */
export async function currentTag(sender: Sender, current: Answer): Promise<string> {
  const response = await askHead(sender, current, {});
  return String(response.getHeader('ETag'));
}

/** Runs the sender on a HEAD without a socket, so that tags are created and compared in one place only. */
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
