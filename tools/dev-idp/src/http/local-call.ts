import type { IncomingMessage } from 'node:http';

const loopbackPeer = /^(?:127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/;

export function isFromLoopback({ socket }: IncomingMessage): boolean {
  return loopbackPeer.test(socket.remoteAddress ?? '');
}

/**
 * Returns whether a program on this machine calls directly, not through a web page: a page of another origin
 * sends `Origin`, and after DNS rebinding the attacker's name is in `Host`.
 */
export function isLocalCall(request: IncomingMessage): boolean {
  return (
    isFromLoopback(request) &&
    request.headers.origin === undefined &&
    loopbackHost.test(request.headers.host ?? '')
  );
}
