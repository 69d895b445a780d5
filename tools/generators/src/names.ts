/** `listOrders` of `list-orders`, `list_orders` and `listOrders`. */
export const camel = (text: string): string => {
  const words = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = words.map((word, index) => (index === 0 ? word : pascal(word))).join('');
  return joined.charAt(0).toLowerCase() + joined.slice(1);
};

export const pascal = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The same word in the three cases that names here are written in. */
export const renamed = (text: string, from: string, to: string): string =>
  text
    .replaceAll(from.toUpperCase(), to.toUpperCase())
    .replaceAll(pascal(from), pascal(to))
    .replaceAll(from, to);
