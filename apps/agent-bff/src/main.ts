import {
  checkProviderCommand,
  checkProviderOption,
  providerFrom,
  sessionCommands,
} from '@bff/auth-delegation';
import { run, warmUpCommand, warmUpOption } from '@bff/service-kit';
import { readConfig, settings } from './config.ts';
import { rehearse, startAgentBff } from './wiring.ts';

await run({
  name: 'agent-bff',
  settings,
  commands: {
    ...sessionCommands(() => ({ ...readConfig(process.env), name: 'agent-bff' })),
    async [checkProviderOption]() {
      const config = readConfig(process.env);
      const redirectUri = 'https://agent-bff.invalid/';
      return checkProviderCommand({
        ...providerFrom(config, config.production),
        clientId: 'agent-bff',
        redirectUri,
      });
    },
    [warmUpOption]: () => warmUpCommand('agent-bff', () => rehearse(readConfig(process.env))),
  },
  start: () => startAgentBff(readConfig(process.env)),
});
