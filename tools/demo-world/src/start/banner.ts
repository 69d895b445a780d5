import { examples } from '../examples.ts';
import { local, type WorldPorts } from '../world/world.ts';

/** What `npm start` prints when everything is ready: a table of addresses, and commands that work when pasted. */
export function banner(at: WorldPorts): string {
  return `\n${table(at)}\n${examples(at)}\nLogs are in dist/logs. Ctrl-C stops everything.\n`;
}

function table(at: WorldPorts): string {
  const rows = new Map<string, string[]>();
  for (const port of Object.values(at))
    rows.set(port.process, [...(rows.get(port.process) ?? []), local(port)]);
  return [['service', ['address', 'management']] as const, ...rows]
    .map(([name, [address = '', management = '']]) =>
      `  ${name.padEnd(22)} ${address.padEnd(25)} ${management}`.trimEnd(),
    )
    .join('\n')
    .concat('\n');
}
