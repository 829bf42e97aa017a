/** Common model formats that are not supported, by file name. */
const BY_NAME: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/(^|\/)(saved_model|keras_metadata)\.pb$/, 'TensorFlow SavedModel'],
  [/(^|\/)data\.pkl$|\.(pt|pth|ckpt|safetensors)$/, 'PyTorch'],
  [/\.onnx$/, 'ONNX'],
  [/\.tflite$/, 'TensorFlow Lite'],
  [/\.caffemodel$/, 'Caffe'],
  [/\.pb$/, 'TensorFlow graph'],
  [/\.(pkl|joblib)$/, 'Python pickle'],
];

/** Identifier in a TensorFlow Lite file, starting at its fifth byte. */
const TFLITE = 'TFL3';

/** Name of a known unsupported format; null if the format is unknown. */
export function foreignFormat(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): string | null {
  for (const [pattern, format] of BY_NAME) {
    if (files.some(({ path }) => pattern.test(path.toLowerCase()))) return format;
  }
  const isLite = files.some(({ bytes }) => new TextDecoder().decode(bytes.subarray(4, 8)) === TFLITE);
  return isLite ? 'TensorFlow Lite' : null;
}
