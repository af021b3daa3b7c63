/** The letters of a tile: initials of the first two words, or the capitals of one word (`GitHub` → `GH`). */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const [first = "?", second] = words;
  if (second !== undefined) return (first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
  const capitals = first.replace(/[^A-Z]/g, "");
  return capitals.length >= 2 && capitals.length < first.length
    ? capitals.slice(0, 2)
    : first.slice(0, 1).toUpperCase();
}

/** White or black, whichever can be read on `color` (`#rrggbb`). A logo may stay white longer than letters may. */
export function inkOn(color: string, what: "letters" | "logo"): "#ffffff" | "#000000" {
  const value = Number.parseInt(color.slice(1), 16);
  const channel = (shift: number) => {
    const part = ((value >> shift) & 255) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
  // At 0.179 black and white have the same contrast, 4.58:1.
  return luminance > (what === "letters" ? 0.179 : 0.36) ? "#000000" : "#ffffff";
}
