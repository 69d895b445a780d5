/** Jest transform that strips types as Node does, so that tests run the same code as production. */
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
