import { Problem, type ProblemType } from '../core/problem.ts';

/** What Node's parser reports of a message that it cannot read. */
export interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
  readonly bytesParsed?: number;
}

const problemOf: Readonly<Record<string, ProblemType>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** A method and a target without its end. */
const openRequestLine = /^(?:\r?\n)*[A-Z-]+ [^ \r\n]*$/;

/** Names the fault of a message; an address that exceeds the limit by itself is 414 (RFC 9112, section 3). */
export function parserProblem(error: ParserError): Problem {
  const type = problemOf[error.code ?? ''] ?? 'bad-request';
  return new Problem(type === 'headers-too-large' && isInAddress(error) ? 'uri-too-long' : type);
}

/** Only the latest packet is known: an address whose beginning came in an earlier one cannot be told from a field. */
const isInAddress = ({ rawPacket, bytesParsed }: ParserError): boolean =>
  rawPacket !== undefined && openRequestLine.test(rawPacket.toString('latin1', 0, bytesParsed));
