import type { Logger } from '@bff/service-kit';

/**
 * Creates a logger without output. @param see receives the arguments of each log call: an object and a text,
 * or only a text
 */
export const silentLog = (see: (line: unknown, text?: string) => void = () => undefined): Logger =>
  new Proxy({} as Logger, { get: (_, name) => (name === 'child' ? () => silentLog(see) : see) });
