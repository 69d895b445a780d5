import { toolsOf } from '@bff/agent-tools';
import { screens } from './screens.ts';

/** Tools, one per row of the screen table. */
export const tools = toolsOf(screens);

/** Scopes that an agent should request first. Writes stay hidden until a user grants their scope. */
export const readScopes: readonly string[] = [
  ...new Set(tools.flatMap(({ annotations, scopes }) => (annotations.readOnlyHint ? scopes : []))),
];
