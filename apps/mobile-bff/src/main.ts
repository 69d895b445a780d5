import { checkProviderCommand, checkProviderOption } from '@bff/auth-delegation';
import { run } from '@bff/service-kit';
import { relyingPartyOf } from './authorization.ts';
import { readConfig, settings } from './config.ts';
import { startMobileBff } from './wiring.ts';

await run({
  name: 'mobile-bff',
  settings,
  commands: { [checkProviderOption]: () => checkProviderCommand(relyingPartyOf(readConfig(process.env))) },
  start: () => startMobileBff(readConfig(process.env)),
});
