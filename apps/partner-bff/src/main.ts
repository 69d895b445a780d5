import {
  checkProviderCommand,
  checkProviderOption,
  providerFrom,
  sessionCommands,
} from '@bff/auth-delegation';
import { run } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { startPartnerBff } from './wiring.ts';

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
  },
  start: () => startPartnerBff(readConfig(process.env)),
});
