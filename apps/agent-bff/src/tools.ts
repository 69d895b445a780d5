import { toolsOf } from '@bff/agent-tools';
import { screens } from './screens.ts';

/** One tool for each row of the table. */
export const tools = toolsOf(screens);

/** What an agent should ask for at first. Writes are off until a user grants their scope. */
export const readScopes: readonly string[] = [
  ...new Set(tools.flatMap(({ annotations, scopes }) => (annotations.readOnlyHint ? scopes : []))),
];
