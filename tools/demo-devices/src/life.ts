import { canonicalJson, type JsonObject } from '@bff/diff-sync';
import { screens, type Device, type Look, type Writes } from './device.ts';
import { pick, type Random } from './random.ts';

/** Changes and outages that the devices do not cause. */
export interface Environment {
  /** Changes data, as another device would. */
  change(): Promise<void>;
  /**
   * Makes a service fail while a device reads. Undefined when another process started the demo world, because
   * an outage would disturb its users.
   */
  readonly during?: ((work: () => Promise<Look>) => Promise<Look>) | undefined;
}

export interface LifeOptions {
  readonly devices: readonly Device[];
  readonly environment: Environment;
  readonly rounds: number;
  readonly random: Random;
  readonly show: (look: Look, writes: Writes) => void;
  /** Called between two reads. */
  readonly pause: () => Promise<unknown>;
  /** Stops after the current read. */
  readonly signal: AbortSignal;
}

/** Number of rounds from one outage to the next. In an outage a service fails while one device reads. */
const outageEvery = 5;

/**
 * Runs the rounds. In each round data changes, and every device may write, and reads a screen over its own
 * link.
 */
export async function live(options: LifeOptions): Promise<void> {
  const { devices, environment, rounds, random, show, pause, signal } = options;
  for (let round = 1; round <= rounds; round++) {
    await environment.change();
    const unlucky = round % outageEvery === 0 ? pick(random, devices) : undefined;
    for (const device of devices) {
      if (signal.aborted) return;
      device.link.next();
      await write(device, random);
      const writes = await device.flush();
      const screen = pick(random, screens) ?? 'home';
      const fails = device === unlucky ? environment.during : undefined;
      const look = fails ? await fails(() => device.look('profile')) : await device.look(screen);
      show(look, writes);
      await pause();
    }
  }
}

const themes = ['light', 'dark', 'sepia', 'contrast'];

/**
 * Makes a random write, or none; the device may be offline. Always draws the same number of random numbers,
 * so that a seed repeats a run.
 */
async function write(device: Device, random: Random): Promise<void> {
  const does = random(6);
  const member = pick(random, ['theme', `theme_${device.name}`]) ?? 'theme';
  const theme = pick(random, themes) ?? 'light';
  if (does === 0 && (await device.kept('preferences'))) await device.setPreference(member, theme);
  if (does === 1) {
    const list = (await device.kept('notifications'))?.['notifications'] as readonly JsonObject[] | undefined;
    const unread = list?.find(({ read_at: at }) => at === undefined);
    if (unread) await device.markRead(String(unread['id']));
  }
}

export interface Difference {
  readonly device: string;
  readonly screen: string;
}

/** Syncs every device over a good link, and compares it with a full fetch. */
export async function differences(devices: readonly Device[]): Promise<Difference[]> {
  for (const device of devices) {
    device.link.heal();
    const { waiting } = await device.flush();
    if (waiting > 0) throw new Error(`${device.name}: ${waiting} writes could not be sent`);
  }
  const found: Difference[] = [];
  for (const device of devices)
    for (const screen of screens) {
      await device.look(screen);
      const [kept, view] = [await device.kept(screen), await device.fetchView(screen)];
      if (!kept || canonicalJson(kept) !== canonicalJson(view)) found.push({ device: device.name, screen });
    }
  return found;
}
