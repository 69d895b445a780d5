import { anyScreenOf } from '@bff/demo-world';
import { versions } from '../src/contract/versions.ts';
import { screens } from '../src/screens.ts';

export const current = `/${versions.at(-1)?.name}`;
export const {
  address: anyScreen,
  service: anyService,
  calls: callsOfScreen,
} = anyScreenOf(screens, current);
