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
 * Maximum connections that wait to be accepted at each listening socket (listen backlog). Linux limits it to
 * `net.core.somaxconn`, 4096 by default. With Node's default of 511, TCP retransmissions delay a burst by seconds.
 */
const backlog = 4_096;

/**
 * Number of servers that share the public port. libuv accepts one connection per listening socket in each turn
 * of the event loop, so behind a single socket the connections of a burst wait for one turn each
 * (docs/adr/0041). Other systems get one socket, because macOS does not distribute connections among several.
 */
export const serversPerPort = process.platform === 'linux' ? 16 : 1;

/** Opens a port for one server. @returns the address that it listens on @throws {PortTaken} */
export function listen(server: Server, address: ListenAddress): Promise<AddressInfo> {
  return open(server, address, {});
}

/**
 * Opens one port for several servers; each connection goes to one of them. @returns the address that they listen
 * on @throws {PortTaken}
 */
export async function listenTogether(
  servers: readonly Server[],
  address: ListenAddress,
): Promise<AddressInfo> {
  const [first, ...others] = servers;
  if (!first) throw new TypeError('listenTogether needs at least one server');
  if (others.length === 0) return open(first, address, {});
  await assertPortIsFree(address);
  const bound = await open(first, address, { reusePort: true });
  const same = { host: bound.address, port: bound.port };
  await Promise.all(others.map((server) => open(server, same, { reusePort: true })));
  return bound;
}

/** Returns `http://host:port`. */
export const httpOrigin = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

/**
 * Rejects if the port is in use, by opening it once without SO_REUSEPORT. With SO_REUSEPORT, opening succeeds
 * although another process of the same user shares the port. @throws {PortTaken}
 */
async function assertPortIsFree(address: ListenAddress): Promise<void> {
  // The system never selects a port that is in use.
  if (address.port === 0) return;
  const probe = createServer((socket) => socket.destroy());
  await open(probe, address, {});
  probe.close();
  await once(probe, 'close');
}

async function open(
  server: Server,
  { host, port }: ListenAddress,
  options: ListenOptions,
): Promise<AddressInfo> {
  // The host `::` is left out: without a host Node also listens on `::`, which includes IPv4, but falls back
  // to 0.0.0.0 where the kernel has no IPv6.
  server.listen({ ...options, port, backlog, ...(host !== '::' && { host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTaken(port, error);
    throw error;
  }
  return server.address() as AddressInfo;
}
