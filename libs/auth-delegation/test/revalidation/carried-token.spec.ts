import { describe, expect, test } from '@jest/globals';
import { openUnder, openWith, publicKeyOf, sealTo, sealUnder } from '../../src/revalidation/carried-token.ts';

describe('a refresh token that is sealed for its client', () => {
  test('a sealed refresh token can be opened with the secret that it was sealed with, and with no other', () => {
    const sealed = sealUnder('code-1', 'refresh');
    expect(sealed).not.toContain('refresh');
    expect(openUnder('code-1', sealed)).toBe('refresh');
    expect(openUnder('code-2', sealed)).toBeUndefined();
  });

  test('a refresh token can be sealed for a device without the device code, and opened only with the code', () => {
    const sealed = sealTo(publicKeyOf('device-1'), 'refresh');
    expect(openWith('device-1', sealed)).toBe('refresh');
    expect(openWith('device-2', sealed)).toBeUndefined();
    expect(sealTo(publicKeyOf('device-1'), 'refresh')).not.toBe(sealed);
  });
});
