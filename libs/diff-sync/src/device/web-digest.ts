/** SHA-256 of the UTF-8 of a text, base64. */
export type Digest = (text: string) => Promise<string>;

/** By WebCrypto; undefined where there is none: insecure contexts, some native engines. */
export function webDigest(): Digest | undefined {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  return async (text) => {
    const bytes = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
    return btoa(String.fromCharCode(...bytes));
  };
}
