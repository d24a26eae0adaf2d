import { differenceCiede2000 } from 'culori';

/** CIE L*a*b* under D65. */
export interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

/** The 2-degree observer's D65 white and the sRGB matrix as python-colormath has them, on which ChartMimic stands. */
const WHITE = [0.95047, 1, 1.08883] as const;
const TO_XYZ = [
  [0.412424, 0.357579, 0.180464],
  [0.212656, 0.715158, 0.0721856],
  [0.0193324, 0.119193, 0.950444],
] as const;
const EPSILON = 216 / 24389;

/** @param red sRGB, 0 to 255 */
export function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear(red / 255), linear(green / 255), linear(blue / 255)];
  const [x, y, z] = TO_XYZ.map(([kr, kg, kb], i) => lightness((kr * r + kg * g + kb * b) / (WHITE[i] ?? 1)));
  return { l: 116 * (y ?? 0) - 16, a: 500 * ((x ?? 0) - (y ?? 0)), b: 200 * ((y ?? 0) - (z ?? 0)) };
}

/** @param hex `#rrggbb`, or with alpha `#rrggbbaa`, which is not looked at */
export function labOfHex(hex: string): Lab {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) || 0;
  return labOf(channel(1), channel(3), channel(5));
}

/** Colour difference CIEDE2000: 0 equal, about 1 just noticeable, 100 black and white. */
export function ciede2000(): (a: Lab, b: Lab) => number {
  const difference = differenceCiede2000();
  return (a, b) => difference({ mode: 'lab65', ...a }, { mode: 'lab65', ...b });
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function lightness(value: number): number {
  return value > EPSILON ? Math.cbrt(value) : 7.787 * value + 16 / 116;
}
