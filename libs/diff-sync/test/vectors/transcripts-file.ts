import { recordTranscript, url } from './record-transcripts.ts';
import { scenarios } from './transcripts.ts';
import { vectorsFolder } from './read-vectors.ts';

export const transcriptsFile = `${vectorsFolder}/transcripts.json`;

const about =
  'What a device and a server say to each other, faults included. A refresh sends each request of `exchanges` in its order, with these header fields and others, and gets the answer, or none where it is `lost`. `shows` is what the app gets, or `fails`; `keeps` is the record that the device has afterwards. Each transcript begins with an empty device.';

/** The content of {@link transcriptsFile}. ASCII only, so that no editor or parser changes what it cannot show. */
export async function transcriptsText(): Promise<string> {
  const transcripts = [];
  for (const scenario of scenarios) transcripts.push(await recordTranscript(scenario));
  const lines = transcripts.map(({ title, refreshes }) => {
    const each = refreshes.map((refresh) => `\n    ${JSON.stringify(refresh)}`).join();
    return `\n  {"title":${JSON.stringify(title)},"refreshes":[${each}]}`;
  });
  const head = JSON.stringify({ about, url }).slice(0, -1);
  return `${head},"transcripts":[${lines.join()}\n]}\n`.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
