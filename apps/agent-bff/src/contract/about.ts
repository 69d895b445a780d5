/** What clients and the OpenAPI document are told of this server as a whole. */
export const about = {
  title: 'Agent tools',
  version: '1.0.0',
  summary: 'Screens and writes of this product, as tools of the Model Context Protocol.',
} as const;
