/** Name, version and summary of this server, for MCP clients and the OpenAPI document. */
export const about = {
  title: 'Agent tools',
  version: '1.0.0',
  summary: 'Screens and writes of this product, as tools of the Model Context Protocol.',
} as const;
