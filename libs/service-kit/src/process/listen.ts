import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions, type Server } from 'node:net';

/** Thrown when a port is in use, so that the caller can name the setting that changes the port. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`port ${port} is taken`, { cause });
    this.port = port;
  }
}

export interface ListenAddress {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
}

/**
 * Maximum connections that wait to be accepted (listen backlog). Linux limits it to `net.core.somaxconn`,
 * 4096 by default. With Node's default of 511, TCP retransmissions delay a burst by seconds.
 */
const backlog = 4_096;

/**
 * Number of servers that share the public port. libuv accepts one connection per listening socket in each turn
 * of the event loop, so behind a single socket the connections of a burst wait for one turn each
 * (docs/adr/0041). Only Linux distributes connections among the sockets of a port.
 */
export const serversPerPort = process.platform === 'linux' ? 16 : 1;

/** Opens a port for one server. @throws {PortTaken} */
export async function listen(server: Server, address: ListenAddress): Promise<void> {
  await open(server, address, {});
}

/** Opens one port for several servers; each connection goes to one of them. @throws {PortTaken} */
export async function listenTogether(servers: readonly Server[], address: ListenAddress): Promise<void> {
  const [first, ...others] = servers;
  if (!first) throw new TypeError('there is no server');
  if (others.length === 0) return open(first, address, {});
  await expectFree(address);
  await open(first, address, { reusePort: true });
  const { port } = first.address() as AddressInfo;
  await Promise.all(others.map((server) => open(server, { ...address, port }, { reusePort: true })));
}

/**
 * Opens and closes the port without sharing it, because another process of the same user could share a port
 * that is shared (SO_REUSEPORT). @throws {PortTaken}
 */
async function expectFree(address: ListenAddress): Promise<void> {
  // A port that the system selects is never a shared one.
  if (address.port === 0) return;
  const probe = createServer();
  await open(probe, address, {});
  probe.close();
  await once(probe, 'close');
}

async function open(server: Server, { host, port }: ListenAddress, options: ListenOptions): Promise<void> {
  // The host `::` is left out: without a host Node also listens on `::`, which includes IPv4, but falls back
  // to 0.0.0.0 where the kernel has no IPv6.
  server.listen({ ...options, port, backlog, ...(host !== '::' && { host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTaken(port, error);
    throw error;
  }
}
