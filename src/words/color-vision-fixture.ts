/** For tests: simulates colour vision deficiencies. */
import type { ColorScheme } from './expression-style';

type Triple = readonly [number, number, number];

/** Dichromacy as matrices on linear RGB: Machado, Oliveira and Fernandes, 2009, severity 1. */
export const VISION: Readonly<Record<string, readonly Triple[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
export const SURFACE: Readonly<Record<ColorScheme, string>> = { light: '#ffffff', dark: '#1b1e21' };

function linear(hex: string): Triple {
  const channel = (i: number) => {
    const v = parseInt(hex.slice(i, i + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const apply = (matrix: readonly Triple[], v: Triple): Triple => matrix.map((row) => dot(row, v)) as unknown as Triple;

/** Linear RGB to OKLab (Ottosson, 2020). */
function oklab(rgb: Triple): Triple {
  const lms = apply(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]],
    rgb,
  ).map((v) => Math.cbrt(Math.max(0, v))) as unknown as Triple;
  return apply(
    [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]],
    lms,
  );
}

const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));

/** WCAG's contrast ratio of two colours, 1–21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Distance of the closest pair of colours in OKLab, as seen with this vision. */
export function nearestPair(colors: readonly string[], vision: string): number {
  const seen = colors.map((hex) => oklab(apply(VISION[vision] ?? [], linear(hex))));
  const distances = seen.flatMap((a, i) => seen.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])));
  return Math.min(...distances);
}
