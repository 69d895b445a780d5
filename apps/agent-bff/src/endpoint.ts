/** Path of the endpoint of the Model Context Protocol; with the public origin it is the audience of the access tokens. */
export const endpointPath = '/mcp';

/** The address of the endpoint as clients know it. */
export const endpointAt = (publicUrl: string): string => publicUrl.replace(/\/+$/, '') + endpointPath;
