import { toolFamily, type ToolFamilyOptions } from '@bff/agent-tools';
import type { Family } from '@bff/screens';

/** Creates the agent client family: each tool call runs one row of the screen table. */
export const agentFamily = (served: Omit<ToolFamilyOptions, 'name'>): Family =>
  toolFamily({ name: 'agent', ...served });
