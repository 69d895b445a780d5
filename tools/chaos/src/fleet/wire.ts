import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';

/** What happens to the bytes of every connection, those that are open included. */
export interface WireFault {
  /** Added in each direction, milliseconds. */
  readonly latencyMs?: number;
  /** Of each direction of each connection. */
  readonly bytesPerSecond?: number;
  /** Each byte of an answer comes alone. */
  readonly byteByByte?: boolean;
  /** A connection ends after so many bytes of answers since the fault began. */
  readonly cutAfter?: number;
  /** In place of a proper end: the connection is reset. */
  readonly isReset?: boolean;
  /** Nothing passes until the fault is over; connections are accepted. */
  readonly isSilent?: boolean;
  /** What the connections that are open now carry is lost for good, without a word; new ones work: a firewall forgot them. */
  readonly isHalfOpen?: boolean;
  /** Only the connections on which the client sent what the wire was told to look for. */
  readonly onlyMarked?: boolean;
}

/** A TCP connection between two processes on which things go wrong on demand. */
export interface Wire {
  readonly port: number;
  /** Undefined: all is well. */
  set(fault: WireFault | undefined): void;
  close(): Promise<void>;
}

interface Connection {
  readonly sockets: readonly [near: Socket, far: Socket];
  answered: number;
  isMarked: boolean;
  isLost: boolean;
}

const healthy: WireFault = {};
const tickMs = 20;

/** @param mark what a client says on connections of a kind of their own */
export async function startWire(targetPort: number, mark?: RegExp): Promise<Wire> {
  let fault = healthy;
  let changed = Promise.withResolvers<unknown>();
  const connections = new Set<Connection>();
  const faultOf = ({ isMarked }: Connection): WireFault => (fault.onlyMarked && !isMarked ? healthy : fault);

  function end(connection: Connection, isReset: boolean): void {
    for (const socket of connection.sockets) {
      if (isReset) socket.resetAndDestroy();
      else socket.destroy();
    }
  }

  async function pass(connection: Connection, chunk: Buffer, to: Socket, isAnswer: boolean): Promise<void> {
    while (faultOf(connection).isSilent) await changed.promise;
    if (connection.isLost) return;
    const { cutAfter, isReset = false, byteByByte, bytesPerSecond } = faultOf(connection);
    const left = isAnswer && cutAfter !== undefined ? Math.max(0, cutAfter - connection.answered) : Infinity;
    const rest = chunk.subarray(0, left);
    if (isAnswer) connection.answered += rest.length;
    if (isAnswer && byteByByte) for (const byte of rest) await setImmediate(to.write(Buffer.of(byte)));
    else if (bytesPerSecond !== undefined) {
      const step = Math.max(1, Math.round((bytesPerSecond * tickMs) / 1_000));
      for (let at = 0; at < rest.length; at += step)
        await wait(tickMs, to.write(rest.subarray(at, at + step)));
    } else if (rest.length > 0) to.write(rest);
    if (rest.length < chunk.length) end(connection, isReset);
  }

  function carry(connection: Connection, from: Socket, to: Socket, isAnswer: boolean): void {
    // A chain, so that a chunk never overtakes the one before it when the latency becomes shorter.
    let sent: Promise<unknown> = Promise.resolve();
    const after = (step: () => unknown): void => {
      const { latencyMs = 0 } = faultOf(connection);
      const due = latencyMs === 0 ? undefined : wait(latencyMs);
      sent = sent.then(() => due).then(step);
    };
    from.on('data', (chunk) => {
      if (!isAnswer && mark?.test(chunk.toString('latin1'))) connection.isMarked = true;
      after(() => pass(connection, chunk, to, isAnswer));
    });
    from.on('close', () => {
      connections.delete(connection);
      after(() => void to.destroy());
    });
    from.on('error', () => undefined);
  }

  function set(next: WireFault = healthy): void {
    fault = next;
    for (const connection of connections) {
      connection.answered = 0;
      if (faultOf(connection).isHalfOpen) connection.isLost = true;
    }
    changed.resolve(undefined);
    changed = Promise.withResolvers();
  }

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    near.setNoDelay();
    far.setNoDelay();
    const connection: Connection = { sockets: [near, far], answered: 0, isMarked: false, isLost: false };
    connections.add(connection);
    carry(connection, near, far, false);
    carry(connection, far, near, true);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    set,
    async close() {
      set();
      const closed = once(server, 'close');
      server.close();
      for (const { sockets } of connections) for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
