import { exchange } from '../world/exchange.ts';
import type { BffAccess } from '../world/measured-world.ts';

/**
 * Requests the screens at these paths and returns the bodies of their answers.
 *
 * @throws {Error} when a screen fails or is degraded
 */
export async function seededAnswers(
  { url, credentials }: BffAccess,
  paths: readonly string[],
): Promise<string[]> {
  const bodies: string[] = [];
  for (const path of paths) {
    const { status, headers, body } = await exchange(url + path, credentials);
    if (status !== 200 || headers['bff-degraded'] !== undefined)
      throw new Error(`${path}: ${status} ${headers['bff-degraded'] ?? ''}`);
    bodies.push(body.toString());
  }
  return bodies;
}
