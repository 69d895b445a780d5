/** Returns the SHA-256 of a text in UTF-8, as base64. */
export type Digest = (text: string) => Promise<string>;

/**
 * Returns the digest of WebCrypto, or of JavaScript if there is none (insecure contexts, some native
 * engines).
 */
export function webDigest(): Digest {
  const subtle = globalThis.crypto?.subtle;
  return async (text) => {
    const bytes = new TextEncoder().encode(text);
    const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : await sha256Of(bytes);
    return btoa(String.fromCharCode(...digest));
  };
}

/** Loaded on demand: most engines have WebCrypto, and this module is half as large as the client. */
async function sha256Of(bytes: Uint8Array): Promise<Uint8Array> {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return sha256(bytes);
}
