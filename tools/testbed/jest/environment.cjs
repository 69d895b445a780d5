const { TestEnvironment } = require('jest-environment-node');

/**
 * Symbol under which Node stores the global dispatcher of `fetch`. The environment below copies it into the
 * sandbox, because Jest does not.
 */
const dispatcher = Symbol.for('undici.globalDispatcher.1');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global[dispatcher] = globalThis[dispatcher];
  }
};
