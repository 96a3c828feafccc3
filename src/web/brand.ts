/**
 * The organisation's own colour, made fit to carry white text and to stand on both schemes. A colour that is too light
 * is darkened until white text on it can be read (WCAG AA, 4.5 : 1).
 */
export interface Brand {
  brand: string;
  /** A ground for panels and selections, in the light and in the dark scheme. */
  tint: string;
  darkTint: string;
  /** The colour as text and border in the dark scheme. */
  darkAccent: string;
}

const white: Rgb = [255, 255, 255];
const darkGround: Rgb = [26, 38, 35];
const legible = 4.5;

export function brandOf(colour: string): Brand {
  let rgb = parse(colour);
  while (contrast(rgb, white) < legible) rgb = mix(rgb, [0, 0, 0], 0.06);
  let accent = rgb;
  while (contrast(accent, darkGround) < legible) accent = mix(accent, white, 0.1);
  return {
    brand: print(rgb),
    tint: print(mix(rgb, white, 0.89)),
    darkTint: print(mix(rgb, darkGround, 0.7)),
    darkAccent: print(accent),
  };
}

/** The colours as style rules for `selector`, laid over the defaults of the style sheet before them. */
export function brandRules(colour: string, selector: string): string {
  const { brand, tint, darkTint, darkAccent } = brandOf(colour);
  return (
    `${selector}{--brand:${brand};--brand-2:${tint}}` +
    `@media (prefers-color-scheme:dark){${selector}{--brand-2:${darkTint};--accent:${darkAccent}}}`
  );
}

/** WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export type Rgb = [red: number, green: number, blue: number];

/** Of `#rrggbb`. */
export const parse = (colour: string): Rgb => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as Rgb;

const print = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((part, index) => part + ((b[index] ?? 0) - part) * share) as Rgb;
