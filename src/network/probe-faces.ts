/**
 * Faces drawn by `scripts/render-probe-faces.ts`, on which a model from elsewhere is tried: `looks` people for each
 * expression, in the order of `EXPRESSIONS`, one byte of luminance a pixel.
 */
export const PROBE_FACES = { file: 'lab/probe-faces.bin', side: 64, looks: 6 } as const;
