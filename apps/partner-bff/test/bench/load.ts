import { Agent, get } from 'node:http';

/** Task of one load process. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
  /** Requests per second, sent when they are due whether or not earlier ones were answered (open loop). */
  readonly rate: number;
  readonly seconds: number;
}

export interface LoadReport {
  readonly answers: Readonly<Record<string, number>>;
  /** Milliseconds since the request was due. */
  readonly p50: number;
  readonly p99: number;
}

process.once('message', (load: Load) => {
  void run(load).then((report) => process.send?.(report, () => process.exit()));
});

async function run({ url, token, paths, rate, seconds }: Load): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const headers = { Authorization: `Bearer ${token}` };
  const durations: number[] = [];
  const answers: Record<string, number> = {};
  const begun = performance.now();
  const total = rate * seconds;
  let sent = 0;
  await new Promise<void>((resolve) => {
    const done = (due: number, outcome: string): void => {
      durations.push(performance.now() - due);
      answers[outcome] = (answers[outcome] ?? 0) + 1;
      if (durations.length === total) resolve();
    };
    const timer = setInterval(() => {
      const now = performance.now() - begun;
      for (; sent < total && (sent * 1000) / rate <= now; sent++) {
        const due = begun + (sent * 1000) / rate;
        get(url + paths[sent % paths.length], { agent, headers }, (response) => {
          response.resume().once('close', () => done(due, String(response.statusCode)));
        }).once('error', () => done(due, 'error'));
      }
      if (sent === total) clearInterval(timer);
    }, 1);
  });
  durations.sort((a, b) => a - b);
  const at = (q: number): number => durations[Math.min(total - 1, Math.floor(total * q))]!;
  return { answers, p50: at(0.5), p99: at(0.99) };
}
