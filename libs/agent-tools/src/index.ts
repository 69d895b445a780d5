export { createConfirmations, type Confirmations } from './call/confirmations.ts';
export { createToolRunner, type RunTool } from './call/run-tool.ts';
export { toolFamily, type ToolFamilyOptions } from './call/tool-family.ts';
export { visibleText } from './call/visible-text.ts';
export { toolsOf, type Tool } from './declaration/tool.ts';
export { listedTools } from './server/listed-tools.ts';
export { mcpEndpoint, type McpEndpointOptions } from './server/mcp-endpoint.ts';
export { originGuard } from './server/origin-guard.ts';
export { toolWarmUpSteps } from './warm-up/tool-warm-up-steps.ts';
