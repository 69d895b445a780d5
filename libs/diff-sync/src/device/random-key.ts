/** Returns 128 random bits as text. An idempotency key must be unique, not secret. */
export function randomKey(): string {
  const { crypto } = globalThis as { readonly crypto?: Partial<typeof globalThis.crypto> };
  if (crypto?.randomUUID) return crypto.randomUUID();
  const words = new Uint32Array(4);
  if (crypto?.getRandomValues) crypto.getRandomValues(words);
  // Some native engines have no other source of randomness.
  else words.forEach((_, index) => (words[index] = Math.random() * 2 ** 32));
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
}
