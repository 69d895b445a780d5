import { tokensOfMobileBff } from '@bff/demo-world';
import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './ask.ts';

/** A phone that keeps its screens current by differential sync, one screen after the other. */
export interface Device {
  readonly syncs: number;
  /** Complete views received for screens that the device already had. */
  readonly fullSyncs: number;
  readonly failures: readonly string[];
  /** Gets new tokens by the refresh token (RFC 6749, section 6). */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const pauseMs = 100;

/**
 * Logs in, and syncs until it is stopped.
 *
 * @param origin of mobile-bff
 * @param paths of the screens
 */
export async function startDevice(
  origin: string,
  username: string,
  paths: readonly string[],
): Promise<Device> {
  let tokens = await tokensOfMobileBff({ url: origin, username });
  let isRunning = true;
  const kept = new Map<string, string>();
  const failures: string[] = [];
  const device = { syncs: 0, fullSyncs: 0, failures, refresh, stop };

  async function sync(path: string): Promise<void> {
    const tag = kept.get(path);
    const { status, headers, body } = await ask({
      url: origin + path,
      headers: {
        Authorization: `Bearer ${tokens.access_token}`,
        'A-IM': 'json-patch',
        ...(tag !== undefined && { 'If-None-Match': tag }),
      },
    });
    if (status !== 200 && status !== 226 && status !== 304)
      return void failures.push(`sync of ${path}: ${status} ${body.slice(0, 200)}`);
    device.syncs++;
    if (status === 200 && tag !== undefined) device.fullSyncs++;
    if (headers.etag !== undefined) kept.set(path, headers.etag);
  }

  async function run(): Promise<void> {
    for (let turn = 0; isRunning; turn++) {
      await sync(paths[turn % paths.length] as string);
      await wait(pauseMs);
    }
  }

  async function refresh(): Promise<void> {
    const { status, body } = await ask({
      method: 'POST',
      url: `${origin}/oauth/token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: String(
        new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: 'demo-app',
          refresh_token: tokens.refresh_token ?? '',
        }),
      ),
    });
    if (status === 200) tokens = JSON.parse(body) as typeof tokens;
    else failures.push(`refresh: ${status} ${body.slice(0, 200)}`);
  }

  async function stop(): Promise<void> {
    isRunning = false;
    await running;
  }

  const running = run();
  return device;
}
