import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const program = resolve(import.meta.dirname, 'crashing-program.ts');

test.each([
  ['/reject', 'unhandledRejection', 'nobody listens'],
  ['/throw', 'uncaughtException', 'nobody catches'],
])(
  'A10 an unhandled error that a request of %s causes is logged, accepted requests are answered, and the process exits with 1',
  async (path, event, message) => {
    const child = spawn(process.execPath, [program], { env: { ...process.env, NODE_OPTIONS: '' } });
    const lines: Record<string, unknown>[] = [];
    const ready = new Promise<string>((told) => {
      createInterface(child.stdout).on('line', (line) => {
        const entry = JSON.parse(line) as Record<string, unknown>;
        lines.push(entry);
        if (entry['msg'] === 'ready') told(String(entry['url']));
      });
    });
    const ended = once(child, 'close');
    const url = await ready;
    const slow = fetch(`${url}/slow`);
    // The slow request is accepted first, so it is in flight when this one is answered.
    await fetch(`${url}/first`);
    await fetch(url + path).catch(() => undefined);
    expect(await (await slow).text()).toBe('answered');
    const [code] = await ended;
    expect(code).toBe(1);
    const fatal = lines.find(({ level }) => level === 'fatal');
    expect(fatal).toMatchObject({ msg: event, err: { message } });
    expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['closed', 'stopped']));
  },
  30_000,
);
