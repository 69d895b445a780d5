/** The shared Jest configuration: every project runs it with its own folder as --rootDir. */
export default {
  // Long enough for a busy machine, and short enough to detect a test that hangs.
  testTimeout: 30_000,
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': import.meta.dirname + '/strip-types.cjs' },
  testEnvironment: import.meta.dirname + '/environment.cjs',
  coverageProvider: 'v8',
  coveragePathIgnorePatterns: ['/node_modules/', '/test/'],
  injectGlobals: false,
};
