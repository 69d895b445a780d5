/** The BFFs and their default ports. Written by `nx sync` from the settings of the apps. */
export const bffs = {
  'agent-bff': { port: 3004, managementPort: 9104 },
  'mobile-bff': { port: 3002, managementPort: 9102 },
  'partner-bff': { port: 3003, managementPort: 9103 },
  'web-bff': { port: 3001, managementPort: 9101 },
} as const;
