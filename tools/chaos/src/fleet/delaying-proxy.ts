import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A wire to a TCP server whose length can be changed while it is in use. */
export interface DelayingProxy {
  readonly port: number;
  /** Added in each direction, milliseconds; 0 at the start. */
  setDelay(ms: number): void;
  close(): Promise<void>;
}

export async function startDelayingProxy(targetPort: number): Promise<DelayingProxy> {
  let delayMs = 0;
  const sockets = new Set<Socket>();
  const carry = (from: Socket, to: Socket): void => {
    // A chain, so that a chunk never overtakes the one before it when the delay becomes shorter.
    let sent: Promise<unknown> = Promise.resolve();
    const after = (step: () => void): void => {
      const due = delayMs === 0 ? undefined : wait(delayMs);
      sent = sent.then(() => due).then(step);
    };
    from.on('data', (chunk) => after(() => void to.write(chunk)));
    from.on('close', () => after(() => void to.destroy()));
    from.on('error', () => undefined);
    sockets.add(from);
    from.once('close', () => sockets.delete(from));
  };
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    near.setNoDelay();
    far.setNoDelay();
    carry(near, far);
    carry(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    setDelay: (ms) => void (delayMs = ms),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
