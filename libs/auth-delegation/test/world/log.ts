import type { Logger } from '@bff/service-kit';

/**
 * Creates a logger without output. @param see receives the object of each line, or its text, and the text
 * beside an object
 */
export const silentLog = (see: (line: unknown, text?: string) => void = () => undefined): Logger =>
  new Proxy({} as Logger, { get: (_, name) => (name === 'child' ? () => silentLog(see) : see) });
