import { setFlagsFromString } from 'node:v8';
import type { Logger } from '../telemetry/logger.ts';
import { PortTaken } from './listen.ts';
import type { Service } from './service.ts';
import { describeSettings, SettingsError, type Settings } from '../config/settings.ts';

export interface Program {
  readonly name: string;
  readonly settings: Settings;
  /** Commands by their command-line option. Each runs instead of the service and resolves to an exit code. */
  readonly commands?: Readonly<Record<string, () => Promise<number>>>;
  /** Reads the settings and starts to listen. */
  start(): Promise<{ readonly service: Pick<Service, 'stop'>; readonly log: Logger }>;
}

/**
 * Runs a process: handles `--help`, starts the service, drains on SIGTERM and SIGINT, and sets the exit code.
 * The code is 0 after a clean drain; 1 when the configuration is invalid, a port is in use, requests were cut
 * off, or a promise rejection was not handled.
 */
export async function run({ name, settings, commands = {}, start }: Program): Promise<void> {
  // Without this flag V8 allocates some short-lived objects directly in the old generation, where each keeps
  // a finished request alive (docs/adr/0013).
  setFlagsFromString('--no-allocation-site-pretenuring');
  process.stdout.on('error', ignoreClosedPipe);
  if (process.argv.includes('--help')) return void process.stdout.write(describeSettings(name, settings));
  const command = Object.entries(commands).find(([option]) => process.argv.includes(option))?.[1];
  if (command) return void (process.exitCode = await runCommand(name, settings, command));
  // Registered before the start, so that a signal during the start drains too.
  const stopRequested = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  let started: Awaited<ReturnType<Program['start']>>;
  try {
    started = await start();
  } catch (error) {
    process.stderr.write(`${name}: ${reasonOf(error, settings)}\n`);
    process.exitCode = 1;
    // Pools and stores that were opened before the failure must not keep the process alive.
    return void setImmediate(() => process.exit());
  }
  const { service, log } = started;
  const stop = async (clean: boolean): Promise<void> => {
    const drained = await service.stop();
    process.exit(clean && drained ? 0 : 1);
  };
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event);
      void stop(false);
    });
  await stopRequested;
  await stop(true);
}

/** The reader of a pipe, such as `head`, may exit before it has read everything. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function runCommand(name: string, settings: Settings, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    process.stderr.write(`${name}: ${reasonOf(error, settings)}\n`);
    return 1;
  }
}

function reasonOf(error: unknown, settings: Settings): string {
  if (error instanceof SettingsError) return error.message;
  if (error instanceof PortTaken) return `${error.message}; set ${portSettings(settings)} to another port`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const portSettings = (settings: Settings): string =>
  Object.values(settings)
    .map(({ env }) => env)
    .filter((env) => env.endsWith('PORT'))
    .join(' or ');
