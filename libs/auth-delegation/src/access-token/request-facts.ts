import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { requestTarget } from '@bff/service-kit';

/** The parts of a request that authentication reads, independent of the framework. */
export interface RequestFacts {
  readonly method: string;
  /** Absolute URL as the client sees it: behind a proxy it begins with the public origin. */
  readonly url: string;
  /**
   * Fields as in Node's `headersDistinct`: lower-case names and separate values, so that a duplicate is
   * noticed.
   */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Address of the peer of the connection, never taken from a field. */
  readonly peerAddress: string | undefined;
  /** Returns the certificate (DER) with which the peer authenticated this TLS connection, if it did. */
  readonly peerCertificate: () => Buffer | undefined;
}

/**
 * Collects the facts of a request.
 * @param origin the origin that {@link publicOrigin} returns; a slash at its end is ignored
 */
export function requestFacts(
  request: IncomingMessage & { readonly originalUrl?: string },
  origin: string,
): RequestFacts {
  const { socket } = request;
  return {
    method: request.method ?? '',
    // Concatenated: resolving `//evil/x` against the origin would replace the host.
    url: origin.replace(/\/+$/, '') + requestTarget(request).path,
    headers: request.headersDistinct,
    peerAddress: socket.remoteAddress,
    peerCertificate: () => (socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined),
  };
}
