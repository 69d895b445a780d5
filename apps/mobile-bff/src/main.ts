import { checkProviderCommand, checkProviderOption, sessionCommands } from '@bff/auth-delegation';
import { run, warmUpCommand, warmUpOption } from '@bff/service-kit';
import { relyingPartyOf, sessionLimitsOf } from './authorization.ts';
import { readConfig, settings } from './config.ts';
import { rehearse, startMobileBff } from './wiring.ts';

await run({
  name: 'mobile-bff',
  settings,
  commands: {
    [checkProviderOption]: () => checkProviderCommand(relyingPartyOf(readConfig(process.env))),
    ...sessionCommands(() => {
      const config = readConfig(process.env);
      return { ...config, name: 'mobile-bff', sessions: sessionLimitsOf(config) };
    }),
    [warmUpOption]: () => warmUpCommand('mobile-bff', () => rehearse(readConfig(process.env))),
  },
  start: () => startMobileBff(readConfig(process.env)),
});
