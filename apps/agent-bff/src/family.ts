import { toolFamily, type ToolFamilyOptions } from '@bff/agent-tools';
import type { Family } from '@bff/screens';

/** How agents are served: each call of a tool runs one row of the table. */
export const agentFamily = (served: Omit<ToolFamilyOptions, 'name'>): Family =>
  toolFamily({ name: 'agent', ...served });
