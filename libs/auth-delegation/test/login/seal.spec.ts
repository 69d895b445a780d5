import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createSeal } from '../../src/index.ts';
import { stoppedClock } from '../world/clock.ts';

const [key, newKey] = [randomBytes(32), randomBytes(32)];
const value = { state: 's', nonce: 'n', returnTo: '/things?ü' };

describe('a sealed value', () => {
  const clock = stoppedClock();
  const { seal, open } = createSeal([key], { now: clock.now });

  test('W3 a sealed value can be opened again, and reveals nothing of its content', () => {
    const text = seal(value, 'login', 600);
    expect(text).toMatch(/^[\w-]+$/);
    expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('things');
    expect(open(text, 'login')).toEqual(value);
  });

  test('W3 sealing a value twice gives two different texts', () => {
    expect(seal(value, 'login', 600)).not.toBe(seal(value, 'login', 600));
  });

  test('W2 a sealed value cannot be opened for another purpose', () => {
    expect(open(seal(value, 'login', 600), 'cursor')).toBeUndefined();
  });

  test('W3 a sealed value cannot be opened after its lifetime', () => {
    const text = seal(value, 'login', 600);
    clock.advance(599);
    expect(open(text, 'login')).toEqual(value);
    clock.advance(1);
    expect(open(text, 'login')).toBeUndefined();
  });

  test('W3 a value that was sealed with the old key can be opened during a rotation, and not afterwards', () => {
    const old = createSeal([key]).seal(value, 'login', 600);
    expect(createSeal([newKey, key]).open(old, 'login')).toEqual(value);
    expect(createSeal([newKey]).open(old, 'login')).toBeUndefined();
    expect(createSeal([newKey]).open(createSeal([newKey, key]).seal(value, 'login', 600), 'login')).toEqual(
      value,
    );
  });

  test('W2 a sealed value cannot be opened after any change of its text', () => {
    const text = seal(value, 'login', 600);
    const bytes = Buffer.from(text, 'base64url');
    const changed: string[] = [
      '',
      'a',
      '.',
      '!',
      '\0',
      ' ',
      `${text} `,
      ` ${text}`,
      `${text}=`,
      `${text}A`,
      text + text,
    ];
    for (let index = 0; index < bytes.length; index += 1)
      for (const bit of [1, 128]) {
        const flipped = Buffer.from(bytes);
        flipped[index]! ^= bit;
        changed.push(flipped.toString('base64url'));
      }
    for (let length = 0; length < bytes.length; length += 1)
      changed.push(bytes.subarray(0, length).toString('base64url'));
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (!text.endsWith(letter)) changed.push(text.slice(0, -1) + letter);

    expect(changed.length).toBeGreaterThan(300);
    expect(changed.filter((each) => open(each, 'login'))).toEqual([]);
  });

  test('sealing a value that is too long for a cookie throws', () => {
    expect(() => seal({ returnTo: 'x'.repeat(4000) }, 'login', 600)).toThrow(RangeError);
    expect(open('x'.repeat(1_000_000), 'login')).toBeUndefined();
  });
});

test.each([[[]], [[randomBytes(31)]], [[randomBytes(32), randomBytes(16)]]])(
  'createSeal throws when a key is too short or no key is given',
  (keys) => {
    expect(() => createSeal(keys)).toThrow(TypeError);
  },
);
