import { run } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { startMobileBff } from './wiring.ts';

await run({ name: 'mobile-bff', settings, start: () => startMobileBff(readConfig(process.env)) });
