import { expect, test } from '@jest/globals';
import { visibleText, withVisibleText } from '../../src/call/visible-text.ts';

test.each([
  ['a bidirectional override', 'total: \u202e00.1', 'total: [U+202E]00.1'],
  ['a zero-width space', 'pass\u200bword', 'pass[U+200B]word'],
  ['letters of the tag block, as in smuggled instructions', 'hi\u{e0049}\u{e0067}', 'hi[U+E0049][U+E0067]'],
  ['variation selectors that carry bytes', 'x\ufe01\u{e0101}', 'x[U+FE01][U+E0101]'],
  ['a soft hyphen', 'to\u00adday', 'to[U+00AD]day'],
  ['a control character', 'a\u0007b\u001b[31m', 'a[U+0007]b[U+001B][31m'],
  ['line and paragraph separators', 'a\u2028b\u2029c', 'a[U+2028]b[U+2029]c'],
  ['a lone surrogate', 'a\ud800b', 'a[U+D800]b'],
  ['a byte order mark', '\ufeffa', '[U+FEFF]a'],
  ['a joiner between letters', 'a\u200db', 'a[U+200D]b'],
  ['the Hangul filler', 'a\u3164b', 'a[U+3164]b'],
])('visibleText replaces %s by code points', (_, hidden, shown) => {
  expect(visibleText(hidden)).toBe(shown);
});

test.each([
  ['ASCII', 'Grand total: 12.00 EUR'],
  ['line feed and tab', 'a\n\tb'],
  ['letters of every script', 'Grünwald 北京 العربية עברית'],
  ['combining marks', 'e\u0301'],
  ['a heart emoji', '\u2764\ufe0f'],
  ['an emoji of a family', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
  ['an emoji of a profession with a skin tone', '\u{1f469}\u{1f3fd}\u200d\u{1f680}'],
])('visibleText returns %s unchanged', (_, text) => {
  expect(visibleText(text)).toBe(text);
});

test('invisible characters are also replaced in lists, objects and member names', () => {
  expect(withVisibleText({ a: ['x\u200by', 1, null], 'n\u202e': { deep: '\u0000' } })).toEqual({
    a: ['x[U+200B]y', 1, null],
    'n[U+202E]': { deep: '[U+0000]' },
  });
});

test('a value without invisible characters is returned as the same object', () => {
  const value = { a: ['x', { b: true }], c: null };
  expect(withVisibleText(value)).toBe(value);
});
