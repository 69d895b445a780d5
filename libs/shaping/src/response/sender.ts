import type { IncomingMessage, ServerResponse } from 'node:http';
import { createContentMac, Problem } from '@bff/service-kit';
import { viewJson, withMeta } from './answer-body.ts';
import { acceptedCodings, codingOf } from './coding/answer-coding.ts';
import { setAnswerHeaders } from './answer-headers.ts';
import type { Answer, Delta } from './answer.ts';
import { CodedBodies, encode } from './coding/content-coding.ts';
import { opaqueTag } from './validators/entity-tag.ts';
import { withModificationDate, type AccessDateOf } from './validators/modification-date.ts';
import type { ContentCoding } from './coding/negotiate-coding.ts';
import { evaluatePreconditions } from './validators/precondition.ts';
import { endWith, sendContent, sendNotModified } from './send-content.ts';

export interface SenderOptions {
  /** Secret of 32 bytes or more, the same on every replica: a tag made with another key never matches. */
  readonly etagKey: Buffer | string;
  /** Memory for coded bodies in bytes; default 16 MiB. */
  readonly codedBodyBytes?: number;
  /** Access of the caller to its data, which bounds `Last-Modified`. Default: nothing but the data decides. */
  readonly accessDate?: AccessDateOf;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

export interface Sender {
  /**
   * Answers with the view and its `_meta`, or with 304. Synchronous but for the coding of large bodies.
   *
   * @throws {Problem} `not-acceptable` (RFC 9110, section 12.5.3), `precondition-failed` (sections 13.1.1 and 13.1.4),
   * `headers-too-large` (an absurd `Accept-Encoding`) or `upstream-failed` (a view too deep to be sent); nothing is sent
   * then
   */
  send(request: IncomingMessage, response: ServerResponse, answer: Answer): void | Promise<void>;
  /**
   * 304 to a client that proved by other means than the current ETag that it has this answer (differential sync). Carries
   * no modification date.
   */
  sendNotModified(response: ServerResponse, answer: Answer & { readonly token: string }): void;
  /**
   * Answers with the difference, never stored by a cache; with the answer itself where that is no longer, as sent.
   * Neither carries `Last-Modified`, and `If-Modified-Since` is ignored.
   *
   * @throws {Problem} as {@link send}
   */
  sendDelta(request: IncomingMessage, response: ServerResponse, answer: Answer, delta: Delta): Promise<void>;
}

const defaultCodedBodyBytes = 16 * 1024 * 1024;
/** A difference up to here, in bytes or as a part of the answer, is taken for shorter than the coded answer unseen. */
const surelyShorter = { bytes: 256, part: 1 / 16 };

/** @throws {TypeError} when the key is too short */
export function createSender(options: SenderOptions): Sender {
  const { etagKey, codedBodyBytes = defaultCodedBodyBytes, accessDate, now = Date.now } = options;
  /** Of a representation: who may see it, and its bytes. */
  const makeToken = createContentMac(Buffer.from(etagKey as string));
  const codedBodies = new CodedBodies(codedBodyBytes);

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
    // Not stored: a cache that revalidates a 226 by its ETag would hand out the same difference again (RFC 9111, section 3).
    setAnswerHeaders(response, { ...answer, headers }, undefined);
    response.setHeader('Content-Type', type);
    response.setHeader('ETag', etag);
    endWith(request, response, 226, coding, content);
  }

  /** What the answer is before it is coded; the token is that of a complete read. */
  function represent(request: IncomingMessage, answer: Answer): { token: string | undefined; body: string } {
    const json = answer.json ?? viewJson(answer.view);
    const token = hasValidator(request, answer) ? (answer.token ?? makeToken(answer.scope, json)) : undefined;
    return { token, body: withMeta(json, token, answer.degraded) };
  }

  /** @param tag names these bytes; what has none (a degraded answer, a difference) is not kept, not even here */
  function contentOf(
    body: string,
    coding: ContentCoding,
    tag: string | undefined,
  ): string | Buffer | Promise<Buffer> {
    if (coding === 'identity') return body;
    return tag === undefined ? encode(Buffer.from(body), coding) : codedBodies.get(tag, body, coding);
  }

  return {
    send,
    sendDelta,
    sendNotModified: (response, answer) => sendNotModified(response, undated(answer), answer.token),
  };
}

const undated = (answer: Answer): Answer => ({ ...answer, lastModified: undefined });

/** Only a complete 200 to a read: what a write answers is nobody's to ask for again. */
function hasValidator({ method }: IncomingMessage, { degraded, status = 200 }: Answer): boolean {
  return degraded.length === 0 && status === 200 && (method === 'GET' || method === 'HEAD');
}
