import { describe, expect, it } from 'vitest';
import type { FaceObservation } from '../../engine/types';
import { focusedTrack } from './face-focus';

function face(track: number, side: number): FaceObservation {
  return { track, box: { x: 0, y: 0, width: side, height: side } } as FaceObservation;
}

describe('focusedTrack', () => {
  it('follows the pick, not the size', () => {
    expect(focusedTrack([face(1, 100), face(2, 50)], 2, 1)).toBe(2);
  });

  it('takes the largest face after the picked one has left', () => {
    expect(focusedTrack([face(1, 100), face(3, 200)], 2, null)).toBe(3);
  });

  it('does not alternate between two faces of equal size', () => {
    expect(focusedTrack([face(1, 100), face(2, 105)], null, 1)).toBe(1);
    expect(focusedTrack([face(1, 100), face(2, 130)], null, 1)).toBe(2);
  });

  it('keeps the last face while none is in view', () => {
    expect(focusedTrack([], null, 4)).toBe(4);
    expect(focusedTrack([], null, null)).toBeNull();
  });
});
