const loneSurrogate = /(?:^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/;

/**
 * Polyfill of `isWellFormed` for engines before ES2024. `canonicalize` calls it to reject lone surrogates
 * (RFC 8785, section 3.2.2.2).
 */
if (typeof String.prototype.isWellFormed !== 'function')
  Object.defineProperty(String.prototype, 'isWellFormed', {
    configurable: true,
    writable: true,
    value(this: string): boolean {
      return !loneSurrogate.test(String(this));
    },
  });
