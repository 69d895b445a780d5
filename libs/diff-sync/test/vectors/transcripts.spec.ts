import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { transcriptsFile, transcriptsText } from './transcripts-file.ts';

test('vectors/transcripts.json equals the messages between our server and our client (write-transcripts.ts renews it)', async () => {
  expect(readFileSync(transcriptsFile, 'utf8')).toBe(await transcriptsText());
});
