/* Writes vectors/transcripts.json: `node libs/diff-sync/test/vectors/write-transcripts.ts` */
import { writeFileSync } from 'node:fs';
import { transcriptsFile, transcriptsText } from './transcripts-file.ts';

writeFileSync(transcriptsFile, await transcriptsText());
