import { formatted } from '../formatted.ts';
import type { Facts } from './facts.ts';

export const screenNamesFile = 'libs/services/src/screen-names.ts';

/** Returns the module with the sorted names of the screens of all apps. */
export function screenNamesModule({ apps }: Facts): Promise<string> {
  const names = [...new Set(apps.flatMap(({ screenNames }) => screenNames))].sort();
  return formatted(
    `/** The screens of all apps, as tenants' policies name them. Written by \`nx sync\` from the apps' tables. */
export const screenNames = ${JSON.stringify(names)} as const;`,
    'typescript',
  );
}
