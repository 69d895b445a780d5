import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';

/** A fault of all connections, including the open ones. */
export interface WireFault {
  /** Delay added in each direction, in milliseconds. */
  readonly latencyMs?: number;
  /** Bandwidth of each direction of each connection. */
  readonly bytesPerSecond?: number;
  /** Sends each byte of an answer in a segment of its own. */
  readonly byteByByte?: boolean;
  /** Ends a connection after this number of answer bytes, counted from the start of the fault. */
  readonly cutAfter?: number;
  /** Ends connections at `cutAfter` by a TCP reset instead of an orderly close. */
  readonly isReset?: boolean;
  /** Forwards nothing until the fault is removed; connections are accepted. */
  readonly isSilent?: boolean;
  /**
   * Silently drops all data on connections that are open now, permanently; new ones work. Simulates a
   * firewall that lost its connection table.
   */
  readonly isHalfOpen?: boolean;
  /** Applies only to connections on which the client sent text that matches `mark`. */
  readonly onlyMarked?: boolean;
}

/** A TCP proxy that injects faults on demand. */
export interface Wire {
  readonly port: number;
  /** Sets the fault; undefined removes it. */
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

/** Starts a proxy. @param mark text sent by clients that distinguishes connections of a special kind */
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
    // Chained, so that a chunk cannot overtake the previous one when the latency is reduced.
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
