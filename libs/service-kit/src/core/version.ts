/**
 * Version of the running service: set by the build, or in development the version of the package whose
 * script was started.
 */
export const version: string = process.env['npm_package_version'] ?? '0.0.0';
