/** A short text that changes with `text`: its length and 64 bits of it. */
export function fingerprint(text: string): string {
  return `${text.length.toString(36)}-${hash(text, 0x9e3779b9)}${hash(text, 0x85ebca6b)}`;
}

/** FNV-1a with a finish that spreads the last characters' bits; 32 bits as 8 hexadecimal digits. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return ((value ^ (value >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
