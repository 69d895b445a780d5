import { pino, type DestinationStream, type Logger } from 'pino';
import { stdoutDestination } from './stdout-destination.ts';

export type { Logger } from 'pino';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Member names whose values are redacted, at the top level of an object or one level below. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'dpop',
  'password',
  'secret',
  'client_secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'code',
  'code_verifier',
  'device_code',
  'user_code',
  'state',
  'nonce',
  'email',
  'ssn',
];

/** Creates a logger of JSON lines. default destination: stdout */
export function createLogger(service: string, level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`]),
      censor: '[redacted]',
    },
  };
  const log: Logger = pino(
    options,
    destination ??
      stdoutDestination((lines) => log.error({ lines }, 'log lines dropped because nobody read stdout')),
  );
  return log;
}
