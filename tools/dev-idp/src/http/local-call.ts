import type { IncomingMessage } from 'node:http';

const loopbackPeer = /^(?:127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/;

export function isFromLoopback({ socket }: IncomingMessage): boolean {
  return loopbackPeer.test(socket.remoteAddress ?? '');
}

/**
 * Somebody on this machine calls, and no web page on their behalf: a page of another origin sends `Origin`,
 * one that had its own name resolved to loopback (DNS rebinding) sends that name as `Host`.
 */
export function isLocalCall(request: IncomingMessage): boolean {
  return (
    isFromLoopback(request) &&
    request.headers.origin === undefined &&
    loopbackHost.test(request.headers.host ?? '')
  );
}
