import { setFlagsFromString } from 'node:v8';
import type { Logger } from '../telemetry/logger.ts';
import { PortTaken, type Service } from './service.ts';
import { describeSettings, SettingsError, type Settings } from '../config/settings.ts';

export interface Program {
  readonly name: string;
  readonly settings: Settings;
  /** Options that do something else than serve, and end with an exit code. */
  readonly commands?: Readonly<Record<string, () => Promise<number>>>;
  /** Reads the settings and opens the doors. */
  start(): Promise<{ readonly service: Pick<Service, 'stop'>; readonly log: Logger }>;
}

/**
 * A process from its first to its last line: `--help`, start, SIGTERM and SIGINT drain, exit code.
 * Exit 0 after a clean drain; 1 when the configuration is wrong, a port is taken, requests were cut off or a
 * promise was rejected with nobody listening.
 */
export async function run({ name, settings, commands = {}, start }: Program): Promise<void> {
  // Else V8 makes some short-lived objects among the old, where each keeps a whole dead request alive (docs/adr/0013).
  setFlagsFromString('--no-allocation-site-pretenuring');
  if (process.argv.includes('--help')) return void process.stdout.write(describeSettings(name, settings));
  const command = Object.entries(commands).find(([option]) => process.argv.includes(option))?.[1];
  if (command) return void (process.exitCode = await runCommand(name, settings, command));
  // Before the start, so that a signal that comes on the first line of log already drains.
  const asked = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  let started: Awaited<ReturnType<Program['start']>>;
  try {
    started = await start();
  } catch (error) {
    process.stderr.write(`${name}: ${reasonOf(error, settings)}\n`);
    process.exitCode = 1;
    // Pools and stores opened before the failure must not keep a process alive that serves nothing.
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
  await asked;
  await stop(true);
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
  if (error instanceof PortTaken) return `${error.message}; ${portSettings(settings)} moves it`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const portSettings = (settings: Settings): string =>
  Object.values(settings)
    .map(({ env }) => env)
    .filter((env) => env.endsWith('PORT'))
    .join(' or ');
