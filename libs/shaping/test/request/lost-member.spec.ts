import { describe, expect, test } from '@jest/globals';
import { findLostMember } from '../../src/request/lost-member.ts';

describe('F03 a body that JSON.parse would silently change', () => {
  test.each([
    ['{"theme":1e400}', 'theme'],
    ['{"theme":-1e400}', 'theme'],
    ['{"theme":1e-400}', 'theme'],
    ['{"id":9007199254740993}', 'id'],
    ['{"a":{"ids":[1,-9007199254740993]}}', 'a.ids.1'],
    ['{"rate":0.1000000000000000055511151231257827}', 'rate'],
    ['{"rate":3.14159265358979323846}', 'rate'],
    ['{"balance":-0}', 'balance'],
    ['{"balance":-0.0e5}', 'balance'],
    ['{"n":12345678901234567890123}', 'n'],
    ['\ufeff{"id":9007199254740993}', 'id'],
    ['1e400', 'The body'],
  ])(
    'a body with a number that JSON.parse would change is rejected with the name of the member: %s',
    (text, name) => {
      expect(findLostMember(text)).toMatch(`${name} is a number that cannot be kept exactly`);
    },
  );

  test.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"list":[{"x":{}},{"x":{"y":1,"z":2,"y":3}}]}', 'list.1.x.y'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
  ])('a body with a duplicate member is rejected with the name of the member: %s', (text, name) => {
    expect(findLostMember(text)).toBe(`${name} occurs twice in its object.`);
  });

  test.each([
    '{"a":1.50,"b":0.1,"c":15e-1,"d":1E+2,"e":0.0,"f":0e999,"g":1.7976931348623157e308,"h":5e-324}',
    '{"a":9007199254740992,"b":-9007199254740991,"c":10000000000000000000000}',
    '{"a":0.30000000000000004,"b":1234567.8900000000000000000}',
    '{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1}],"x":"\\"x\\":1e400,-0"}',
    '["9007199254740993"]',
    '{"a',
    '',
  ])('a body in which JSON.parse would lose nothing is accepted: %s', (text) =>
    expect(findLostMember(text)).toBeUndefined(),
  );

  test('the check of a number with a hundred thousand zeros takes linear time', () => {
    const before = process.cpuUsage().user;
    expect(findLostMember(`[1${'0'.repeat(100_000)}1]`)).toContain('cannot be kept exactly');
    expect(process.cpuUsage().user - before).toBeLessThan(1_000_000);
  });
});
