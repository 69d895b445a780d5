import { run } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { startPartnerBff } from './wiring.ts';

await run({ name: 'partner-bff', settings, start: () => startPartnerBff(readConfig(process.env)) });
