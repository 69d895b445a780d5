import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { transcriptsFile, transcriptsText } from './transcripts-file.ts';

test('vectors/transcripts.json is what our server and our client say to each other (else run write-transcripts.ts)', async () => {
  expect(readFileSync(transcriptsFile, 'utf8')).toBe(await transcriptsText());
});
