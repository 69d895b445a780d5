import { examples } from '../examples.ts';
import { local, type WorldPorts } from '../world/world.ts';

/**
 * Returns the text that `npm start` prints when everything is ready: a table of addresses, and commands that
 * work when pasted.
 *
 * @param issuer address of an external identity provider, if one is used
 */
export function banner(at: Partial<WorldPorts>, issuer?: string): string {
  return `\n${table(at, issuer)}\n${examples(at)}\nLogs are in dist/logs. Ctrl-C stops everything.\n`;
}

function table(at: Partial<WorldPorts>, issuer: string | undefined): string {
  const rows = new Map<string, string[]>();
  for (const port of Object.values(at))
    rows.set(port.process, [...(rows.get(port.process) ?? []), local(port)]);
  if (issuer) rows.set('identity provider', [issuer]);
  return [['service', ['address', 'management']] as const, ...rows]
    .map(([name, [address = '', management = '']]) =>
      `  ${name.padEnd(22)} ${address.padEnd(25)} ${management}`.trimEnd(),
    )
    .join('\n')
    .concat('\n');
}
