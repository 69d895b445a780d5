import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { requestTarget } from '@bff/service-kit';

/** What a request shows of itself, apart from any framework. */
export interface RequestFacts {
  readonly method: string;
  /** Absolute, as the client sees it: behind a proxy it begins with the public origin. */
  readonly url: string;
  /** As `headersDistinct` of Node: lower-case names, every value on its own, so that a second one is seen. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Address of the other end of the connection, never taken from a header. */
  readonly peerAddress: string | undefined;
  /** The certificate (DER) with which the other end authenticated this TLS connection, if it did. */
  readonly peerCertificate: () => Buffer | undefined;
}

/** @param origin where the client sent it: {@link publicOrigin}; a slash at its end does not matter */
export function requestFacts(
  request: IncomingMessage & { readonly originalUrl?: string },
  origin: string,
): RequestFacts {
  const { socket } = request;
  return {
    method: request.method ?? '',
    // Joined as text: resolving `//evil/x` against the origin would replace the host.
    url: origin.replace(/\/+$/, '') + requestTarget(request).path,
    headers: request.headersDistinct,
    peerAddress: socket.remoteAddress,
    peerCertificate: () => (socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined),
  };
}
