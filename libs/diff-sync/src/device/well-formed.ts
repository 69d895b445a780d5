const loneSurrogate = /(?:^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/;

/**
 * Gives engines older than ES2024 the method by which texts are checked before they are compared (RFC 8785, section 3.2.2.2).
 * Where there is one already, nothing is changed.
 */
if (typeof String.prototype.isWellFormed !== 'function')
  Object.defineProperty(String.prototype, 'isWellFormed', {
    configurable: true,
    writable: true,
    value(this: string): boolean {
      return !loneSurrogate.test(String(this));
    },
  });
