/** Jest transform: what Node itself does to a .ts file, so tests run the code that production runs. */
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
