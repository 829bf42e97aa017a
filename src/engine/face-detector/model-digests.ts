/**
 * SHA-256 of the prepared BlazeFace files. MediaPipe runs a damaged network without complaint, so downloads are checked
 * against these. A test prepares the files again and compares.
 */
export const MODEL_SHA256: Readonly<Record<string, string>> = {
  'face_detection_short_range.tflite': '263cd905a0b993c7eaad747bad8962bd42bcb9fa59ce54b05c364b74aba94ae2',
  'face_detection_full_range_sparse.tflite': '426629d7999c4770527399c4c3c044fc14aaf457a8602a17356ea4f23af29734',
};
