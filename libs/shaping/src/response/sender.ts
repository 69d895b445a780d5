import type { IncomingMessage, ServerResponse } from 'node:http';
import { createContentMac, Problem } from '@bff/service-kit';
import { viewJson, withMeta } from './answer-body.ts';
import { acceptedCodings, codingOf } from './coding/answer-coding.ts';
import { setAnswerHeaders } from './answer-headers.ts';
import type { Answer, Delta } from './answer.ts';
import { bytesOf, CodedBodies, encode } from './coding/content-coding.ts';
import { opaqueTag } from './validators/entity-tag.ts';
import { withModificationDate, type AccessDateOf } from './validators/modification-date.ts';
import type { ContentCoding } from './coding/negotiate-coding.ts';
import { evaluatePreconditions } from './validators/precondition.ts';
import { RepeatedAnswers, type Representation } from './repeated-answers.ts';
import { endWith, sendContent, sendNotModified } from './send-content.ts';

export interface SenderOptions {
  /** Secret of 32 bytes or more, the same on every replica, because tags of different keys never match. */
  readonly etagKey: Buffer | string;
  /** Memory for coded bodies in bytes. Default: 16 MiB. */
  readonly codedBodyBytes?: number;
  /**
   * Returns when the caller's access to its data last changed: `Last-Modified` is never earlier. Default:
   * only the date of the data counts.
   */
  readonly accessDate?: AccessDateOf;
  /** Returns milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

export interface Sender {
  /**
   * Sends the view with its `_meta`, or 304. Synchronous except for the coding of large bodies.
   * @throws {Problem} before anything is sent: `not-acceptable` (RFC 9110, section 12.5.3),
   * `precondition-failed` (sections 13.1.1 and 13.1.4), `headers-too-large` (an overlong `Accept-Encoding`)
   * or `upstream-failed` (a view too deep to serialize)
   */
  send(request: IncomingMessage, response: ServerResponse, answer: Answer): void | Promise<void>;
  /**
   * Sends 304 to a client that proved by other means than the current ETag that it has this answer
   * (differential sync). Sends no modification date.
   */
  sendNotModified(response: ServerResponse, answer: Answer & { readonly token: string }): void;
  /**
   * Sends the patch with `no-store`, or the complete answer if that takes no more bytes than the patch. Sends
   * no `Last-Modified`, and ignores `If-Modified-Since`.
   * @throws {Problem} as {@link send}
   */
  sendDelta(request: IncomingMessage, response: ServerResponse, answer: Answer, delta: Delta): Promise<void>;
}

const defaultCodedBodyBytes = 16 * 1024 * 1024;
/** Memory for answers that repeat, in bytes. */
const repeatedAnswerBytes = 16 * 1024 * 1024;
/**
 * A patch up to this size, in bytes or as a share of the answer, is sent without encoding the answer to
 * compare their lengths.
 */
const surelyShorter = { bytes: 256, part: 1 / 16 };

/** Creates a sender. @throws {TypeError} when the key is too short */
export function createSender(options: SenderOptions): Sender {
  const { etagKey, codedBodyBytes = defaultCodedBodyBytes, accessDate, now = Date.now } = options;
  /** Returns the token of a representation: a keyed hash of its scope and its bytes. */
  const makeToken = createContentMac(Buffer.from(etagKey as string));
  const codedBodies = new CodedBodies(codedBodyBytes);
  const repeatedAnswers = new RepeatedAnswers(repeatedAnswerBytes);

  function send(request: IncomingMessage, response: ServerResponse, given: Answer): void | Promise<void> {
    const acceptable = acceptedCodings(request);
    const answer = withModificationDate(request, given, accessDate, now);
    const { token, body } = represent(request, answer);
    const coding = codingOf(request, response, answer, body, acceptable);

    if (token !== undefined) {
      const verdict = evaluatePreconditions(
        request,
        { token, lastModified: answer.lastModified },
        [coding, ...acceptable],
        now,
      );
      if (verdict === 'failed') throw new Problem('precondition-failed');
      if (verdict !== 'proceed') {
        sendNotModified(response, answer, opaqueTag(token, verdict.notModified));
        return;
      }
    }

    const tag = token === undefined ? undefined : opaqueTag(token, coding);
    const content = contentOf(body, coding, tag);
    if (typeof content !== 'string' && !Buffer.isBuffer(content))
      return content.then((bytes) => sendContent(request, response, answer, tag, coding, bytes));
    sendContent(request, response, answer, tag, coding, content);
  }

  async function sendDelta(
    request: IncomingMessage,
    response: ServerResponse,
    answer: Answer,
    { body, type, etag, headers }: Delta,
  ): Promise<void> {
    const acceptable = acceptedCodings(request);
    const coding = codingOf(request, response, answer, body, acceptable);
    const content = await contentOf(body, coding, undefined);
    const size = Buffer.byteLength(content);
    if (size > surelyShorter.bytes) {
      const whole = represent(request, answer);
      if (size > Buffer.byteLength(whole.body) * surelyShorter.part) {
        const codingOfWhole = codingOf(request, response, answer, whole.body, acceptable);
        const tag = whole.token === undefined ? undefined : opaqueTag(whole.token, codingOfWhole);
        const wholeSize = Buffer.byteLength(await contentOf(whole.body, codingOfWhole, tag));
        if (wholeSize <= size) return send(request, response, undated(answer));
      }
    }
    // `no-store`: a cache that revalidates a 226 by its ETag would replay the patch (RFC 9111, section 3).
    setAnswerHeaders(response, { ...answer, headers }, undefined);
    response.setHeader('Content-Type', type);
    response.setHeader('ETag', etag);
    endWith(request, response, 226, coding, content);
  }

  /** Returns the uncoded representation; only a complete read has a token. */
  function represent(request: IncomingMessage, answer: Answer): Representation {
    const isTagged = hasValidator(request, answer);
    function make(): Representation {
      const json = answer.json ?? viewJson(answer.view);
      const token = isTagged ? (answer.token ?? makeToken(answer.scope, json)) : undefined;
      return { token, body: withMeta(json, token, answer.degraded) };
    }
    return isTagged && answer.token === undefined ? repeatedAnswers.get(answer, make) : make();
  }

  /**
   * Encodes a body.
   * @param tag identifies the bytes. Undefined for a degraded answer or a patch, whose coded body is not
   * cached
   */
  function contentOf(
    body: string | Buffer,
    coding: ContentCoding,
    tag: string | undefined,
  ): string | Buffer | Promise<Buffer> {
    if (coding === 'identity') return body;
    return tag === undefined ? encode(bytesOf(body), coding) : codedBodies.get(tag, body, coding);
  }

  return {
    send,
    sendDelta,
    sendNotModified: (response, answer) => sendNotModified(response, undated(answer), answer.token),
  };
}

const undated = (answer: Answer): Answer => ({ ...answer, lastModified: undefined });

/**
 * Returns whether the answer has validators. Only a complete 200 to a read has them: the answer to a write
 * cannot be requested again, so validators would be useless.
 */
function hasValidator({ method }: IncomingMessage, { degraded, status = 200 }: Answer): boolean {
  return degraded.length === 0 && status === 200 && (method === 'GET' || method === 'HEAD');
}
