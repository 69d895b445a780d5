import { checkProviderCommand, checkProviderOption, providerFrom } from '@bff/auth-delegation';
import { run } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { startPartnerBff } from './wiring.ts';

await run({
  name: 'partner-bff',
  settings,
  commands: {
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
