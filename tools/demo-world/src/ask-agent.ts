import { parseArgs } from 'node:util';
import { bffs } from './bffs.ts';
import { connectAgent } from './login/connect-agent.ts';

/**
 * `npm run -s ask:agent -- <tool> name=value [--user bob] [--url http://localhost:3004/mcp]`: connects the
 * official client of the Model Context Protocol as a demo user, calls a tool, and prints its result. Values
 * are parsed as JSON, and are text otherwise. Without a tool it prints the list of tools.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { user: { type: 'string', default: 'alice' }, url: { type: 'string' } },
});
const [tool, ...pairs] = positionals;

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function argumentsFrom(texts: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Error(`"${text}" is not name=value`);
      return [name, valueOf(value)];
    }),
  );
}

const { port } = (bffs as Readonly<Partial<Record<string, { readonly port: number }>>>)['agent-bff'] ?? {
  port: 0,
};
const print = (text: string): void => void process.stdout.write(`${text}\n`);
// The reader of a pipe, such as `head`, may exit before it has read everything.
process.stdout.on('error', () => process.exit(0));

try {
  const agent = await connectAgent({
    url: values.url ?? `http://localhost:${port}/mcp`,
    username: values.user,
  });
  if (tool === undefined) {
    const { tools } = await agent.client.listTools();
    for (const { name, description } of tools) print(`${name}: ${description}`);
  } else {
    const { content, structuredContent, isError } = await agent.call(tool, argumentsFrom(pairs));
    const [first, ...sentences] = (content as { text?: string }[]).map(({ text = '' }) => text);
    print(structuredContent === undefined ? (first ?? '') : JSON.stringify(structuredContent, undefined, 2));
    for (const sentence of sentences) print(sentence);
    if (isError) process.exitCode = 1;
  }
  await agent.close();
} catch (error) {
  process.stderr.write(`ask:agent: ${(error as Error).message}; is the demo running (npm start)?\n`);
  process.exit(1);
}
