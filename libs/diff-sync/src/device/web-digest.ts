/** SHA-256 of the UTF-8 of a text, base64. */
export type Digest = (text: string) => Promise<string>;

/** By WebCrypto; in JavaScript where there is none: insecure contexts, some native engines. */
export function webDigest(): Digest {
  const subtle = globalThis.crypto?.subtle;
  return async (text) => {
    const bytes = new TextEncoder().encode(text);
    const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : await sha256Of(bytes);
    return btoa(String.fromCharCode(...digest));
  };
}

/** Loaded when it is needed: most engines have WebCrypto, and this is as large as half of the client. */
async function sha256Of(bytes: Uint8Array): Promise<Uint8Array> {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return sha256(bytes);
}
