import { describe, expect, test } from '@jest/globals';
import { continueTrace, traceOfSpan } from '../../src/http/trace-context.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const valid = `00-${traceId}-${spanId}-01`;

describe('F09 traceparent (W3C Trace Context, section 3.2)', () => {
  test.each([
    [valid, '01'],
    [`00-${traceId}-${spanId}-00`, '00'],
    [`00-${traceId}-${spanId}-02`, '00'],
    [`00-${traceId}-${spanId}-03`, '01'],
    [`00-${traceId}-${spanId}-ff`, '01'],
    [`00-${traceId}-${spanId}-fe`, '00'],
    [`cc-${traceId}-${spanId}-01`, '01'],
    [`01-${traceId}-${spanId}-09-`, '01'],
    [`cc-${traceId}-${spanId}-01-what-the-future-will-be-like`, '01'],
  ])('the traceparent %s is continued with a new span id and the flags %s', (traceparent, flags) => {
    const own = continueTrace({ traceparent }).traceparent;
    expect(own).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-${flags}$`));
    expect(own).not.toContain(spanId);
  });

  test.each([
    ['a missing traceparent', undefined],
    ['an empty traceparent', ''],
    ['traceparent version ff', `ff-${traceId}-${spanId}-01`],
    ['an additional field in traceparent version 00', `${valid}-what`],
    ['a dash at the end of traceparent version 00', `${valid}-`],
    ['a dot at the end of traceparent version 00', `${valid}.`],
    ['additional text without a dash in a later traceparent version', `cc-${traceId}-${spanId}-01.what`],
    ['a traceparent version of one digit', `0-${traceId}-${spanId}-01`],
    ['a traceparent version of three digits', `000-${traceId}-${spanId}-01`],
    ['a traceparent version that is not hexadecimal', `.0-${traceId}-${spanId}-01`],
    ['a traceparent version in capitals', `CC-${traceId}-${spanId}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['a trace id in capitals', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['a trace id that is too short', `00-${traceId.slice(1)}-${spanId}-01`],
    ['a trace id that is too long', `00-${traceId}0-${spanId}-01`],
    ['a trace id that is not hexadecimal', `00-.${traceId.slice(1)}-${spanId}-01`],
    ['a parent id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['a parent id that is too short', `00-${traceId}-${spanId.slice(1)}-01`],
    ['a parent id that is too long', `00-${traceId}-${spanId}0-01`],
    ['a parent id that is not hexadecimal', `00-${traceId}-.${spanId.slice(1)}-01`],
    ['trace flags of one digit', `00-${traceId}-${spanId}-1`],
    ['trace flags of three digits', `00-${traceId}-${spanId}-001`],
    ['trace flags that are not hexadecimal', `00-${traceId}-${spanId}-.0`],
    ['no trace flags', `00-${traceId}-${spanId}`],
    ['a repeated traceparent', `${valid}, ${valid}`],
  ])('a request with %s starts a new trace, and its tracestate is dropped', (_title, traceparent) => {
    const own = continueTrace({ traceparent, tracestate: 'a=1' });
    expect(own.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(own.traceparent).not.toContain(traceId);
    expect(own.tracestate).toBeUndefined();
  });
});

describe('F09 tracestate (section 3.3)', () => {
  const stateOf = (tracestate: string) => continueTrace({ traceparent: valid, tracestate }).tracestate;
  const members = (count: number) => Array.from({ length: count }, (_, i) => `k${i}=1`).join(',');

  test.each([
    ['foo=1', 'foo=1'],
    ['foo=1,bar=2', 'foo=1,bar=2'],
    ['foo=1 \t , \t bar=2, \t baz=3', 'foo=1,bar=2,baz=3'],
    ['foo=1,', 'foo=1'],
    [',,foo=1,,bar=2', 'foo=1,bar=2'],
    ['foo=1,foo=1', 'foo=1,foo=1'],
    ['1a-_*/=1', '1a-_*/=1'],
    ['foo@v=1,1t@v-1=2', 'foo@v=1,1t@v-1=2'],
    [`${'z'.repeat(256)}=1`, `${'z'.repeat(256)}=1`],
    [`${'t'.repeat(241)}@${'v'.repeat(14)}=1`, `${'t'.repeat(241)}@${'v'.repeat(14)}=1`],
    [`foo=${'.'.repeat(256)}`, `foo=${'.'.repeat(256)}`],
    ['foo=a b!#$:;<>?@[]~', 'foo=a b!#$:;<>?@[]~'],
    [members(32), members(32)],
  ])('the tracestate %s is propagated', (field, sent) => expect(stateOf(field)).toBe(sent));

  test.each([
    '',
    ' ',
    ',',
    'foo',
    '=1',
    'foo =1',
    'foo=',
    'foo=1=2',
    'FOO=1',
    'foo@=1',
    '@foo=1',
    'foo@@bar=1',
    'foo@bar@baz=1',
    'foo@1v=1',
    'föö=1',
    'foo=ü',
    'foo=1;bar=2,baz',
    'foo=1,bar=\u0001',
    `${'z'.repeat(257)}=1`,
    `${'t'.repeat(242)}@v=1`,
    `t@${'v'.repeat(15)}=1`,
    `foo=${'.'.repeat(257)}`,
    members(33),
  ])('the invalid tracestate %s is dropped, and the trace continues', (tracestate) => {
    const own = continueTrace({ traceparent: valid, tracestate });
    expect(own.tracestate).toBeUndefined();
    expect(own.traceparent).toContain(traceId);
  });

  test('a tracestate of more than 512 characters loses its long members first, and then its last members', () => {
    const long = `long=${'x'.repeat(200)}`;
    const short = Array.from({ length: 10 }, (_, i) => `k${i}=${'y'.repeat(50)}`);
    expect(stateOf([long, ...short].join(','))).toBe(short.slice(0, 9).join(','));
  });
});

describe('F09 the context of a request that has a span', () => {
  const own = `00-${traceId}-aaaaaaaaaaaaaaaa-01`;

  test("the context of a request with a span is that of the span, with the tracestate if the span continues the caller's trace", () => {
    const context = traceOfSpan(own, { traceparent: valid, tracestate: 'a=1,b=2' });
    expect(context).toEqual({ traceparent: own, tracestate: 'a=1,b=2' });
    expect(traceOfSpan(own, { traceparent: valid, tracestate: 'A' }).tracestate).toBeUndefined();
  });

  test.each([undefined, '', 'garbage', valid.replace('4bf9', '4bf8')])(
    'the tracestate is dropped when the span does not continue the trace of the traceparent %s',
    (traceparent) => {
      const context = traceOfSpan(own, { traceparent, tracestate: 'a=1' });
      expect(context).toEqual({ traceparent: own, tracestate: undefined });
    },
  );
});
