/** What a reader does next. */
export type Step = Command | { readonly kind: 'interrupt'; readonly terminal: string };

export interface Command {
  readonly kind: 'command';
  readonly script: string;
  /** Where it goes on running; undefined: it ends by itself. */
  readonly terminal: string | undefined;
  /** Answers 2xx when what runs there is ready; undefined: nobody waits. */
  readonly until: string | undefined;
}

/** The blocks of a page that are marked `sh`, and its comments `Ctrl-C: <terminal>`, in their order. */
export function parseTutorial(markdown: string): readonly Step[] {
  const found = markdown.matchAll(/^```sh(.*)\n([^]*?)^```$|^<!-- Ctrl-C: (\w+) -->$/gm);
  return [...found].map(([, info = '', script = '', interrupted]): Step => {
    if (interrupted !== undefined) return { kind: 'interrupt', terminal: interrupted };
    const said = (name: string): string | undefined => new RegExp(`${name}=(\\S+)`).exec(info)?.[1];
    return { kind: 'command', script, terminal: said('terminal'), until: said('until') };
  });
}
