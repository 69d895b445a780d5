import { checkProviderCommand, checkProviderOption } from '@bff/auth-delegation';
import { run } from '@bff/service-kit';
import { relyingPartyOf } from './authentication.ts';
import { readConfig, settings } from './config.ts';
import { startWebBff } from './wiring.ts';

await run({
  name: 'web-bff',
  settings,
  commands: { [checkProviderOption]: () => checkProviderCommand(relyingPartyOf(readConfig(process.env))) },
  start: () => startWebBff(readConfig(process.env)),
});
