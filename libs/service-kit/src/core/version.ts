/**
 * Version of the running service: set by the build; in development that of the package whose script was
 * started.
 */
export const version: string = process.env['npm_package_version'] ?? '0.0.0';
