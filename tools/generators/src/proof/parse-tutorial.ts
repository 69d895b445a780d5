/** A step of the tutorial. */
export type Step = Command | { readonly kind: 'interrupt'; readonly terminal: string };

export interface Command {
  readonly kind: 'command';
  readonly script: string;
  /** Terminal in which the command keeps running; undefined: it ends by itself. */
  readonly terminal: string | undefined;
  /** URL that answers 2xx when the command is ready; undefined: no wait. */
  readonly until: string | undefined;
}

/** Returns the blocks of a page marked `sh` and its comments `Ctrl-C: <terminal>`, in order. */
export function parseTutorial(markdown: string): readonly Step[] {
  const found = markdown.matchAll(/^```sh(.*)\n([^]*?)^```$|^<!-- Ctrl-C: (\w+) -->$/gm);
  return [...found].map(([, info = '', script = '', interrupted]): Step => {
    if (interrupted !== undefined) return { kind: 'interrupt', terminal: interrupted };
    const said = (name: string): string | undefined => new RegExp(`${name}=(\\S+)`).exec(info)?.[1];
    return { kind: 'command', script, terminal: said('terminal'), until: said('until') };
  });
}
