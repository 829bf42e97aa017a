/** Formats of models that people have and that are not read here, by the name of a file. */
const BY_NAME: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/(^|\/)(saved_model|keras_metadata)\.pb$/, 'TensorFlow SavedModel'],
  [/(^|\/)data\.pkl$|\.(pt|pth|ckpt|safetensors)$/, 'PyTorch'],
  [/\.onnx$/, 'ONNX'],
  [/\.tflite$/, 'TensorFlow Lite'],
  [/\.caffemodel$/, 'Caffe'],
  [/\.pb$/, 'TensorFlow graph'],
  [/\.(pkl|joblib)$/, 'Python pickle'],
];

/** What a TensorFlow Lite file has from its fifth byte on. */
const TFLITE = 'TFL3';

/** The format of a model that is known, and not read here; null where none is known. */
export function foreignFormat(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): string | null {
  for (const [pattern, format] of BY_NAME) {
    if (files.some(({ path }) => pattern.test(path.toLowerCase()))) return format;
  }
  const isLite = files.some(({ bytes }) => new TextDecoder().decode(bytes.subarray(4, 8)) === TFLITE);
  return isLite ? 'TensorFlow Lite' : null;
}
