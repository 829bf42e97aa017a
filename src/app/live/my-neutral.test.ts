import { describe, expect, it } from 'vitest';
import { APPEARANCE_BYTES } from '../../engine/appearance';
import type { ClassifiedFace } from '../../engine/types';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { MyNeutral, NEUTRAL_MS } from './my-neutral';

const LOOK = new Uint8Array(APPEARANCE_BYTES).fill(128);
const OTHER = new Uint8Array(APPEARANCE_BYTES).fill(250);

function sad(track: number, appearance: Uint8Array | null = LOOK): ClassifiedFace {
  return { ...classifiedFace(track, 'sad', 0.7), appearance };
}

/** Measures track 1 at rest for the whole time. */
function measured(): MyNeutral {
  const neutral = new MyNeutral();
  neutral.start(1, 1000);
  for (let t = 0; t <= NEUTRAL_MS; t += 100) neutral.take(frameOf(1000 + t, sad(1), classifiedFace(2, 'happy')));
  return neutral;
}

describe('MyNeutral', () => {
  it('shows the measured face at rest as neutral, and others as read', () => {
    const neutral = measured();
    expect(neutral.getSnapshot()).toMatchObject({ phase: 'on', track: 1, baseline: { readings: 51 } });
    expect(neutral.shown(sad(1))).toMatchObject({ label: 'neutral', uncertain: false });
    expect(neutral.shown(classifiedFace(1, 'happy', 0.9))).toMatchObject({ label: 'happy' });
    expect(neutral.shown(classifiedFace(2, 'sad'))).toMatchObject({ label: 'sad' });
  });

  it('reports progress, and is cancelled on request and when the camera goes off', () => {
    const neutral = new MyNeutral();
    neutral.start(1, 0);
    neutral.take(frameOf(2500, sad(1)));
    expect(neutral.getSnapshot()).toEqual({ phase: 'measuring', track: 1, share: 0.5 });
    neutral.rest();
    expect(neutral.getSnapshot()).toEqual({ phase: 'off', hasFailed: false });
    const on = measured();
    on.rest();
    expect(on.getSnapshot().phase).toBe('on');
    on.stop();
    expect(on.shown(sad(1))).toMatchObject({ label: 'sad' });
  });

  it('fails if the face was hardly seen, and ignores frames from before the start', () => {
    const neutral = new MyNeutral();
    neutral.start(1, 1000);
    for (const t of [400, 600, 800, 1200, 1400, 6100]) neutral.take(frameOf(t, ...(t < 1400 ? [sad(1)] : [])));
    expect(neutral.getSnapshot()).toEqual({ phase: 'off', hasFailed: true });
  });

  it('adopts a baseline measured elsewhere, and keeps it when its person gets another track id', () => {
    const neutral = new MyNeutral();
    neutral.adopt(1, { probabilities: sad(1).raw, readings: 20 }, LOOK);
    expect(neutral.shown(sad(1))).toMatchObject({ label: 'neutral', relative: true });
    neutral.take(frameOf(7000, sad(3, OTHER), sad(4)));
    expect(neutral.getSnapshot()).toMatchObject({ phase: 'on', track: 4 });
  });

  it('recognises its person under another track id, but does not guess between two', () => {
    const neutral = measured();
    neutral.take(frameOf(7000));
    neutral.take(frameOf(7100, sad(3, OTHER), sad(4)));
    expect(neutral.getSnapshot()).toMatchObject({ phase: 'on', track: 4 });
    neutral.take(frameOf(7200, sad(5), sad(6)));
    expect(neutral.getSnapshot()).toMatchObject({ track: 4 });
  });
});
