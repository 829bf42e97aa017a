/**
 * Faces drawn by `scripts/render-probe-faces.ts` for trying third-party models: `looks` people for each expression, in the order of `EXPRESSIONS`,
 * one byte of luminance per pixel.
 */
export const PROBE_FACES = { file: 'lab/probe-faces.bin', side: 64, looks: 6 } as const;
