import { expect, it } from 'vitest';
import { classifiedFace, frameOf } from './observation-fixture';
import { Recording } from './recording';

it('keeps one coordinate system while the camera is turned', () => {
  const setup = { camera: 'Front camera', search: 'fast', smoothingMs: 250, backend: 'wasm', appVersion: '0.2.0' } as const;
  const recording = new Recording('Talk', { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, setup);
  const frameNow = () => frameOf(performance.now(), classifiedFace(1, 'happy'));
  recording.add(frameNow());
  recording.add({ ...frameNow(), frame: { width: 480, height: 640 } });
  expect(recording.info().frame).toEqual({ width: 640, height: 480 });
  // A box of 30 × 40 at 10, 20: three quarters as large, in the middle of the wider picture.
  expect(Array.from(recording.store.since(0), ({ box }) => box)).toEqual([
    { x: 10, y: 20, width: 30, height: 40 },
    { x: 147.5, y: 15, width: 22.5, height: 30 },
  ]);
});
