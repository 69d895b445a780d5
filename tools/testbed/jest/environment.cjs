const { TestEnvironment } = require('jest-environment-node');

/** Node keeps its global fetch dispatcher under a symbol that Jest does not carry over into its sandbox. */
const dispatcher = Symbol.for('undici.globalDispatcher.1');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global[dispatcher] = globalThis[dispatcher];
  }
};
