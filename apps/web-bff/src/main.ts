import { run } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { startWebBff } from './wiring.ts';

await run({ name: 'web-bff', settings, start: () => startWebBff(readConfig(process.env)) });
