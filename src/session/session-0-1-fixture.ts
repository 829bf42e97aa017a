const NONE = NaN;
const SCORES = new Float32Array([
  ...[0.0416666679084301, 0.0416666679084301, 0.0416666679084301, 0.75, 0.0416666679084301, 0.0416666679084301, 0.0416666679084301],
  ...[0.0833333358168602, 0.0833333358168602, 0.0833333358168602, 0.0833333358168602, 0.5, 0.0833333358168602, 0.0833333358168602],
  ...[0, 0, 0, 0, 0, 0, 0],
]);

/**
 * A session written by version 0.1: a happy face; then the same face sad, turned away and cut off, with another one that was too small; then no face.
 */
export const SESSION_0_1 = {
  ...{ id: '025bedb9', kind: 'webcam', name: 'Interview', startedAtMs: 1_795_911_821_822, durationMs: 150, frame: { width: 640, height: 480 } },
  ...{ model: { id: 'mien-s', version: '1.3.0', sha256: 'abc' }, frames: 3, framesWithFaces: 2, skippedFrames: 0 },
  ...{ markers: [{ atMs: 100, note: 'laughs' }], state: 'complete', bytes: 390, tracks: [1], batches: 1 },
  ...{ savedAtMs: 1_795_911_821_905, deletedAtMs: null },
};

/** Its only batch, with the six kinds of concern of that version. */
export const BATCH_0_1 = {
  timesMs: new Float64Array([40, 80, 120]),
  numbers: new Uint32Array([0, 1, 2]),
  rowEnds: new Uint32Array([1, 3, 3]),
  tracks: new Uint32Array([1, 1, 2]),
  outcomes: new Uint8Array([3, 4, 7]),
  uncertain: new Uint8Array([0, 1, 0]),
  boxes: new Float32Array([10, 20, 30, 40, 10, 20, 30, 40, 10, 20, 30, 40]),
  poses: new Float32Array(9),
  concerns: new Float32Array([NONE, NONE, NONE, NONE, NONE, NONE, NONE, 55, NONE, NONE, NONE, 0.25, NONE, NONE, NONE, NONE, NONE, NONE]),
  raw: SCORES,
  smoothed: SCORES.slice(),
};
