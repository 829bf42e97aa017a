/**
 * Bounds on files from elsewhere. An expression network is small: VGG-16 with 4096-wide dense layers, the largest that
 * anybody trained on FER2013, has 134 million parameters, of which a tab cannot run even one face a second.
 */
export const MODEL_LIMITS = {
  /** Bytes of all files of one model together. */
  fileBytes: 512 * 2 ** 20,
  /** Bytes that the parts of a ZIP may unpack to. */
  unpackedBytes: 512 * 2 ** 20,
  /** Files in a ZIP or a folder. */
  files: 2_000,
  /** Numbers in all weights together. */
  parameters: 64_000_000,
  /** Layers, those of nested models included. */
  layers: 4_000,
  /** Pixels on a side of the input. */
  inputSide: 512,
} as const;
