import { createLogger, run, startTracing } from '@bff/service-kit';
import { readConfig, selected, selections, settingsOf } from './config.ts';
import { startDemoService, type DemoService } from './demo-service.ts';

async function main(given: string): Promise<void> {
  if (selections.includes(given)) return start(given);
  process.stderr.write(`demo-services: unknown service ${given}; use one of ${selections.join(', ')}\n`);
  process.exitCode = 1;
}

function start(selection: string): Promise<void> {
  const program = selection === 'all' ? 'demo-services' : selection;
  return run({
    name: program,
    settings: settingsOf(selection),
    async start() {
      const { port, logLevel, ...options } = readConfig(selection, process.env);
      const log = createLogger(program, logLevel);
      const tracing = await startTracing(program, options, { followCallers: true });
      const started: DemoService[] = [];
      for (const [name, own] of selected(selection, port))
        started.push(
          await startDemoService(name, { ...options, port: own, log: log.child({ name }), tracing }),
        );
      const stop = async (): Promise<boolean> => {
        await Promise.all(started.map((service) => service.close()));
        await tracing?.close();
        return true;
      };
      for (const { name, url, port } of started) log.info({ name, url, port }, 'listening');
      return { service: { stop }, log };
    },
  });
}

await main(process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'all');
