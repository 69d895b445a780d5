const { TestEnvironment } = require('jest-environment-node');

/** Node stores its global fetch dispatcher under a symbol, which Jest does not copy into its sandbox. */
const dispatcher = Symbol.for('undici.globalDispatcher.1');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global[dispatcher] = globalThis[dispatcher];
  }
};
