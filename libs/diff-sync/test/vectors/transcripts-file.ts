import { recordTranscript, url } from './record-transcripts.ts';
import { scenarios } from './transcripts.ts';
import { vectorsFolder } from './read-vectors.ts';

export const transcriptsFile = `${vectorsFolder}/transcripts.json`;

const about =
  'Messages between a device and a server, including faults. A refresh sends the requests of `exchanges` in order, with these header fields and others, and gets the answer of each; `lost` means that no answer arrives. `shows` is the result for the app, `fails` the failure instead of it; `keeps` is the record that the device has stored afterwards. Each transcript begins with an empty device.';

/** Returns the content of {@link transcriptsFile}, in ASCII, so that no editor changes its characters. */
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
