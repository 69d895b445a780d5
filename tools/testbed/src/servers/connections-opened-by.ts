import { AsyncLocalStorage } from 'node:async_hooks';
import { Socket } from 'node:net';

/**
 * Does some work, and returns the options of each connection that it opened, even when the work happens in timers
 * that it set. Connections that other tests of the same process open meanwhile do not count.
 */
export async function connectionsOpenedBy(work: () => Promise<void>): Promise<readonly unknown[]> {
  const ours = new AsyncLocalStorage<true>();
  const opened: unknown[] = [];
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function recordConnect(this: Socket, ...options: unknown[]) {
    if (ours.getStore()) opened.push(options[0]);
    return Reflect.apply(connect, this, options) as Socket;
  };
  try {
    await ours.run(true, work);
  } finally {
    Socket.prototype.connect = connect;
  }
  return opened;
}
