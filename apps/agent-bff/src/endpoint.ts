/**
 * Path of the MCP endpoint. The public origin followed by it is the audience of the access tokens (RFC 8707).
 */
export const endpointPath = '/mcp';

/** Returns the URL of the MCP endpoint as clients see it. */
export const endpointAt = (publicUrl: string): string => publicUrl.replace(/\/+$/, '') + endpointPath;
