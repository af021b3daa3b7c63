const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A fresh random id of 16 lower-case letters and digits (80 bits): fits into URLs, file names and keys as it is. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}
