import { Problem, type ProblemType } from '../core/problem.ts';

/** Error of Node's HTTP parser for a message that it cannot parse. */
export interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
  readonly bytesParsed?: number;
}

const problemOf: Readonly<Record<string, ProblemType>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Matches an incomplete request line: a method and the beginning of a target. */
const openRequestLine = /^(?:\r?\n)*[A-Z-]+ [^ \r\n]*$/;

/**
 * Returns the problem for a message that Node cannot parse. If the request target alone exceeds the size
 * limit, it is a 414 (RFC 9112, section 3).
 */
export function parserProblem(error: ParserError): Problem {
  const type = problemOf[error.code ?? ''] ?? 'bad-request';
  return new Problem(type === 'headers-too-large' && isInAddress(error) ? 'uri-too-long' : type);
}

/**
 * Returns whether the limit was exceeded within the request target. Only the last packet is known, so a
 * target that began in an earlier packet looks like a header field.
 */
const isInAddress = ({ rawPacket, bytesParsed }: ParserError): boolean =>
  rawPacket !== undefined && openRequestLine.test(rawPacket.toString('latin1', 0, bytesParsed));
