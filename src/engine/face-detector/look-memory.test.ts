import { describe, expect, it } from 'vitest';
import { pixelRect } from '../geometry';
import { faceAt } from './face-fixture';
import { FrameGrid } from './frame-grid';
import type { Look } from './look';
import { LookMemory } from './look-memory';

const FRAME = { width: 80, height: 80 };
const evenGrid = (level: number) => new FrameGrid(new Uint8ClampedArray(400).fill(level), 10, FRAME);
const look: Look = { range: 'short', region: pixelRect(0, 0, 40, 40), turn: 0 };
const found = [faceAt(pixelRect(5, 5, 20, 20))];

describe('LookMemory', () => {
  it('returns a look\'s detections while its region stays the same', () => {
    const memory = new LookMemory();
    expect(memory.recall(look, evenGrid(100))).toBeNull();
    memory.keep(look, evenGrid(100), found);
    expect(memory.recall(look, evenGrid(102))).toBe(found);
    expect(memory.recall(look, evenGrid(110))).toBeNull();
    expect(memory.recall({ ...look, turn: 90 }, evenGrid(100))).toBeNull();
  });

  it('notices a change in small steps', () => {
    const memory = new LookMemory();
    memory.keep(look, evenGrid(100), found);
    expect([101, 102, 103, 104].map((level) => memory.recall(look, evenGrid(level)) !== null)).toEqual([true, true, true, false]);
  });

  it('forgets entries unused for two searches', () => {
    const memory = new LookMemory();
    memory.keep(look, evenGrid(100), found);
    memory.age();
    expect(memory.recall(look, evenGrid(100))).toBe(found);
    memory.age();
    expect(memory.recall(look, evenGrid(100))).toBe(found);
    memory.age();
    memory.age();
    expect(memory.recall(look, evenGrid(100))).toBeNull();
  });
});
