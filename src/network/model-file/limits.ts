/**
 * Limits for user-supplied files. Expression networks are small: VGG-16 with 4096-wide dense layers, the largest one trained on FER2013, has 134
 * million parameters; a browser tab cannot even run it at one face per second.
 */
export const MODEL_LIMITS = {
  /** Total bytes of a model's files. */
  fileBytes: 512 * 2 ** 20,
  /** Total bytes unpacked from a ZIP. */
  unpackedBytes: 512 * 2 ** 20,
  /** Files in a ZIP or folder. */
  files: 2_000,
  /** Total number of weights. */
  parameters: 64_000_000,
  /** Layers, including those of nested models. */
  layers: 4_000,
  /** Side of the input, in pixels. */
  inputSide: 512,
} as const;
