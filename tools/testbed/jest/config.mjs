/** The one Jest configuration: every project runs it with its own folder as --rootDir. */
export default {
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': import.meta.dirname + '/strip-types.cjs' },
  testEnvironment: import.meta.dirname + '/environment.cjs',
  coverageProvider: 'v8',
  coveragePathIgnorePatterns: ['/node_modules/', '/test/'],
  injectGlobals: false,
};
