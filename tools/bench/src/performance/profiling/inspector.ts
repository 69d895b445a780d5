import type { CpuProfile } from './cpu-profile.ts';

/** Interval of samples in microseconds. */
const interval = 200;

/** Returns the Node option that opens the inspector of a process at a port of this machine. */
export const inspectorOption = (port: number): string => `--inspect=127.0.0.1:${port}`;

/**
 * Takes a CPU profile of another Node process while the work runs, through its inspector (Chrome DevTools Protocol).
 * @throws {Error} when the process reports an error or closes the connection
 */
export async function sampleDuring(port: number, work: () => Promise<unknown>): Promise<CpuProfile> {
  const inspector = await connect(port);
  try {
    await inspector.call('Profiler.enable');
    await inspector.call('Profiler.setSamplingInterval', { interval });
    await inspector.call('Profiler.start');
    await work();
    const cpu = (await inspector.call('Profiler.stop')) as { readonly profile: CpuProfile };
    return cpu.profile;
  } finally {
    inspector.close();
  }
}

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Call {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

async function connect(port: number) {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await list.json()) as { readonly webSocketDebuggerUrl: string }[];
  if (!target) throw new Error(`no process is inspected at port ${port}`);
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const calls = new Map<number, Call>();
  let ids = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id = 0, result, error } = JSON.parse(String(data)) as Reply;
    const call = calls.get(id);
    calls.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  const closed = new Promise<never>((_, reject) => {
    socket.addEventListener('close', () => reject(new Error('the inspected process closed the connection')));
  });
  closed.catch(() => undefined);
  const opened = new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  await Promise.race([opened, closed]);
  return {
    call(method: string, params: object = {}): Promise<unknown> {
      const id = ++ids;
      const answer = new Promise((resolve, reject) => calls.set(id, { resolve, reject }));
      socket.send(JSON.stringify({ id, method, params }));
      return Promise.race([answer, closed]);
    },
    close: () => socket.close(),
  };
}
