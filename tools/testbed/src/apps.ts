import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** Root folder of this repository. */
export const repository = resolve(import.meta.dirname, '../../..');

/** Returns the names of all apps, the folders of `apps`, in alphabetical order. */
export const apps = (root = repository): readonly string[] =>
  readdirSync(resolve(root, 'apps'))
    .filter((name) => existsSync(resolve(root, 'apps', name, 'package.json')))
    .sort();

/** Returns the client family that an app serves: `iot` for `iot-bff`. */
export const familyOf = (app: string): string => app.replace(/-bff$/, '');
