import {
  checkProviderCommand,
  checkProviderOption,
  providerFrom,
  sessionCommands,
} from '@bff/auth-delegation';
import { run, warmUpCommand, warmUpOption } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { rehearse, startPartnerBff } from './wiring.ts';

await run({
  name: 'partner-bff',
  settings,
  commands: {
    ...sessionCommands(() => ({ ...readConfig(process.env), name: 'partner-bff' })),
    async [checkProviderOption]() {
      const config = readConfig(process.env);
      const redirectUri = 'https://partner-bff.invalid/';
      return checkProviderCommand({
        ...providerFrom(config, config.production),
        clientId: 'partner-bff',
        redirectUri,
      });
    },
    [warmUpOption]: () => warmUpCommand('partner-bff', () => rehearse(readConfig(process.env))),
  },
  start: () => startPartnerBff(readConfig(process.env)),
});
