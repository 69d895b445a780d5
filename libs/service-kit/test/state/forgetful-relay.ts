import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface ForgetfulRelay {
  readonly port: number;
  /**
   * From this call on, drops all data of the connections that are open now, without closing them. New
   * connections work. A firewall that lost its connection table does the same.
   */
  forget(): void;
  /** Returns the data of clients that was dropped. */
  lost(): string;
  close(): Promise<void>;
}

export async function startForgetfulRelay(targetPort: number): Promise<ForgetfulRelay> {
  const open = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let lost = '';
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => undefined);
      from.on('close', () => void (open.delete(from), to.destroy()));
      from.on('data', (chunk) => {
        if (!forgotten.has(from)) to.write(chunk);
        else if (from === near) lost += chunk.toString('latin1');
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    forget: () => open.forEach((socket) => forgotten.add(socket)),
    lost: () => lost,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
