import type { Json } from '@bff/shaping';

/**
 * Matches invisible characters, which could hide instructions for a model from a person: controls, format
 * characters (bidirectional overrides, tags, zero-width characters), line and paragraph separators, private
 * use, lone surrogates, variation selectors except those of emoji, Hangul fillers, and the blank Braille
 * pattern (U+2800). Line feed and tab are allowed.
 */
const invisible = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Co}|\p{Cs}|\p{Default_Ignorable_Code_Point}|\u2800/gu;
const mayBeInvisible = /[^\n\t -~]/;
const pictographBefore = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
const pictographAfter = /^\p{Extended_Pictographic}/u;

/** Replaces each invisible character by its code point: `[U+202E]`. Emoji sequences stay. */
export function visibleText(text: string): string {
  if (!mayBeInvisible.test(text)) return text;
  return text.replace(invisible, (character, offset: number) => {
    if (character === '\n' || character === '\t') return character;
    if (isOfEmoji(character, text, offset)) return character;
    const codePoint = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${codePoint}]`;
  });
}

/**
 * Returns whether an invisible character is part of an emoji: U+FE0F after an emoji, or U+200D between two
 * emoji (Unicode Technical Standard 51).
 */
function isOfEmoji(character: string, text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 4), offset);
  if (character === '\ufe0f') return pictographBefore.test(before);
  return (
    character === '\u200d' &&
    pictographBefore.test(before) &&
    pictographAfter.test(text.slice(offset + 1, offset + 3))
  );
}

/**
 * Makes every text in a value visible, including member names. Returns the value itself when nothing changes.
 */
export function withVisibleText(value: Json): Json {
  if (typeof value === 'string') return visibleText(value);
  if (value === null || typeof value !== 'object') return value;
  return Array.isArray(value)
    ? itemsOf(value as readonly Json[])
    : membersOf(value as Readonly<Record<string, Json>>);
}

function itemsOf(items: readonly Json[]): readonly Json[] {
  let copy: Json[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const before = items[index] as Json;
    const after = withVisibleText(before);
    if (after !== before) (copy ??= items.slice())[index] = after;
  }
  return copy ?? items;
}

function membersOf(members: Readonly<Record<string, Json>>): Json {
  const names = Object.keys(members);
  let copy: (readonly [string, Json])[] | undefined;
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    const before = members[name] as Json;
    const shownName = visibleText(name);
    const after = withVisibleText(before);
    if (!copy && shownName === name && after === before) continue;
    copy ??= names.slice(0, index).map((each) => [each, members[each] as Json]);
    copy.push([shownName, after]);
  }
  return copy ? (Object.fromEntries(copy) as Json) : (members as Json);
}
