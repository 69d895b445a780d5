const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that needs no escaping. Created by {@link html} only. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** Inserts values into markup: escapes text, keeps markup, and omits undefined values. */
export function html(markup: TemplateStringsArray, ...values: readonly (string | Html | undefined)[]): Html {
  return new Html(String.raw({ raw: markup }, ...values.map(inMarkup)));
}

function inMarkup(value: string | Html | undefined = ''): string {
  if (value instanceof Html) return value.toString();
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
