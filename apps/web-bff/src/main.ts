import { checkProviderCommand, checkProviderOption, sessionCommands } from '@bff/auth-delegation';
import { run, warmUpCommand, warmUpOption } from '@bff/service-kit';
import { relyingPartyOf, sessionLimitsOf } from './authentication.ts';
import { readConfig, settings } from './config.ts';
import { rehearse, startWebBff } from './wiring.ts';

await run({
  name: 'web-bff',
  settings,
  commands: {
    [checkProviderOption]: () => checkProviderCommand(relyingPartyOf(readConfig(process.env))),
    ...sessionCommands(() => {
      const config = readConfig(process.env);
      return { ...config, name: 'web-bff', sessions: sessionLimitsOf(config) };
    }),
    [warmUpOption]: () => warmUpCommand('web-bff', () => rehearse(readConfig(process.env))),
  },
  start: () => startWebBff(readConfig(process.env)),
});
