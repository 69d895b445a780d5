import { anyScreenOf } from '@bff/demo-world';
import { screens } from '../src/screens.ts';

export const { address: anyScreen, service: anyService } = anyScreenOf(screens);
