/** OKLCH lightness a tile needs to stand off from the light panel (1) and the dark one (0.215). */
const DARKEST = 0.3;
const LIGHTEST = 0.9;

/**
 * A brand's colour as a tile: unchanged, unless it is so dark or so light that the tile would vanish in one of
 * the themes; then it gets as light or dark as is needed, hue kept.
 * @param color `#rrggbb`
 */
export function tileColor(color: string): string {
  const [lightness, a, b] = toOklab(color);
  const wanted = Math.min(Math.max(lightness, DARKEST), LIGHTEST);
  if (wanted === lightness) return color.toLowerCase();
  return fromOklab([wanted, a, b]);
}

/** OKLCH lightness of a colour, 0 (black) to 1 (white). */
export function lightnessOf(color: string): number {
  return toOklab(color)[0];
}

type Triple = readonly [number, number, number];

function toOklab(color: string): Triple {
  const value = Number.parseInt(color.slice(1), 16);
  const [r, g, b] = [16, 8, 0].map((shift) => linear(((value >> shift) & 255) / 255)) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${channels.map((channel) => hex(encoded(channel))).join("")}`;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function encoded(part: number): number {
  return part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
}

function hex(part: number): string {
  return Math.round(Math.min(Math.max(part, 0), 1) * 255)
    .toString(16)
    .padStart(2, "0");
}
