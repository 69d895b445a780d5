import { canonicalJson, type JsonObject } from '@bff/diff-sync';
import { screens, type Device, type Look, type Writes } from './device.ts';
import { pick, type Random } from './random.ts';

/** What happens beside the devices. */
export interface Surroundings {
  /** Something changes that no device has done. */
  change(): Promise<void>;
  /** Makes a service fail while a device asks; undefined where that would disturb somebody else's world. */
  readonly during?: ((work: () => Promise<Look>) => Promise<Look>) | undefined;
}

export interface LifeOptions {
  readonly devices: readonly Device[];
  readonly surroundings: Surroundings;
  readonly rounds: number;
  readonly random: Random;
  readonly show: (look: Look, writes: Writes) => void;
  /** Between two looks. */
  readonly pause: () => Promise<unknown>;
  /** Ends it after the look under way. */
  readonly signal: AbortSignal;
}

/** In one round of so many a service fails while one device asks. */
const outageEvery = 5;

/** Rounds in which things change, devices write, and look at screens, each over its own link. */
export async function live(options: LifeOptions): Promise<void> {
  const { devices, surroundings, rounds, random, show, pause, signal } = options;
  for (let round = 1; round <= rounds; round++) {
    await surroundings.change();
    const unlucky = round % outageEvery === 0 ? pick(random, devices) : undefined;
    for (const device of devices) {
      if (signal.aborted) return;
      device.link.next();
      await write(device, random);
      const writes = await device.flush();
      const screen = pick(random, screens) ?? 'home';
      const fails = device === unlucky ? surroundings.during : undefined;
      const look = fails ? await fails(() => device.look('profile')) : await device.look(screen);
      show(look, writes);
      await pause();
    }
  }
}

const themes = ['light', 'dark', 'sepia', 'contrast'];

/** Now and then a user does something, with or without a network. As many draws whatever there is to do. */
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

/** Brings every device up to date over a link that is well, and compares it with what a full fetch shows. */
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
      const [kept, whole] = [await device.kept(screen), await device.whole(screen)];
      if (!kept || canonicalJson(kept) !== canonicalJson(whole)) found.push({ device: device.name, screen });
    }
  return found;
}
