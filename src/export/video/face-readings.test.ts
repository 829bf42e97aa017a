import { expect, it } from 'vitest';
import { pixelRect } from '../../engine/geometry';
import { classifiedFace } from '../../session/observation-fixture';
import { FaceReadings } from './face-readings';

function readingsOf(...at: readonly (readonly [timestampMs: number, x: number | null])[]): FaceReadings {
  const readings = new FaceReadings();
  for (const [timestampMs, x] of at) {
    readings.add({ timestampMs, frame: { width: 640, height: 480 }, faces: x === null ? [] : [{ ...classifiedFace(1, 'happy'), box: pixelRect(x, 0, 10, 10) }] });
  }
  return readings;
}

it('interpolates a face between two readings', () => {
  expect(readingsOf([0, 0], [100, 50]).facesAt(20)[0]?.box).toEqual(pixelRect(10, 0, 10, 10));
});

it('drops a face half way to a reading that misses it', () => {
  const readings = readingsOf([0, 0], [100, null]);
  expect(readings.facesAt(50)).toHaveLength(1);
  expect(readings.facesAt(51)).toEqual([]);
});

it('draws nothing before the first reading or from a stale one', () => {
  expect(readingsOf([100, 0]).facesAt(50)).toEqual([]);
  expect(readingsOf([0, 0]).facesAt(500)).toEqual([]);
});

it('forgets readings that no frame waits for', () => {
  const readings = readingsOf([0, 0], [3000, 0], [6001, 0]);
  expect(readings.all.map(({ timestampMs }) => timestampMs)).toEqual([3000, 6001]);
  expect(readings.newestMs).toBe(6001);
});
