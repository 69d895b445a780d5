/** 128 random bits as text: unique, which is all that an idempotency key has to be. */
export function randomKey(): string {
  const { crypto } = globalThis as { readonly crypto?: Partial<typeof globalThis.crypto> };
  if (crypto?.randomUUID) return crypto.randomUUID();
  const words = new Uint32Array(4);
  if (crypto?.getRandomValues) crypto.getRandomValues(words);
  // Some native engines have no source of randomness but this one.
  else words.forEach((_, index) => (words[index] = Math.random() * 2 ** 32));
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
}
