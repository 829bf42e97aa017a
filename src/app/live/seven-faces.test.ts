import { describe, expect, it } from 'vitest';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import type { FaceObservation } from '../../engine/types';
import { classifiedFace, frameOf, skippedFace } from '../../session/observation-fixture';
import { ASKED, ROUND_MS, SevenFaces, type GameState } from './seven-faces';

const FRAME_MS = 100;

/** A game with labels as pictures, on its own clock. */
function game() {
  const played = new SevenFaces<string>((face) => (face.status === 'classified' ? `${face.label} ${face.confidence}` : null));
  let nowMs = 5000;
  played.start();
  return {
    played,
    show: (durationMs: number, ...faces: FaceObservation[]) => {
      for (let ms = 0; ms < durationMs; ms += FRAME_MS) played.take(frameOf((nowMs += FRAME_MS), ...faces));
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

function playing(state: GameState<string>) {
  if (state.phase !== 'playing') throw new Error(`it is ${state.phase}`);
  return state;
}

function over(state: GameState<string>) {
  if (state.phase !== 'over') throw new Error(`it is ${state.phase}`);
  return state;
}

const large = (expression: Expression, share = 0.8) => ({ ...classifiedFace(2, expression, share), box: { x: 0, y: 0, width: 90, height: 90 } as FaceObservation['box'] });

describe('SevenFaces', () => {
  it('asks for each of the seven once, and keeps the best moment of each with its picture', () => {
    expect([...ASKED].sort()).toEqual([...EXPRESSIONS].sort());
    const { played, show } = game();
    show(FRAME_MS, classifiedFace(1, 'neutral', 0.5));
    for (const asked of ASKED) {
      expect(playing(played.getSnapshot()).asked).toBe(asked);
      show(ROUND_MS / 2, classifiedFace(1, asked, 0.6));
      show(FRAME_MS, classifiedFace(1, asked, 0.9));
      show(ROUND_MS / 2 - FRAME_MS, classifiedFace(1, asked, 0.7));
    }
    const { rounds, neutral } = over(played.getSnapshot());
    expect(rounds.map(({ asked, best }) => [asked, best?.share, best?.picture])).toEqual(ASKED.map((asked) => [asked, 0.9, `${asked} 0.9`]));
    expect(neutral).toMatchObject({ track: 1 });
    expect(neutral?.baseline.probabilities.neutral).toBeGreaterThan(0.6);
  });

  it('replaces a moment whose frame was not captured, as the game started during it', () => {
    let isHeld = false;
    const played = new SevenFaces<string>(() => (isHeld ? 'held' : null));
    played.start();
    played.take(frameOf(0, classifiedFace(1, 'neutral', 0.9)));
    played.take(frameOf(FRAME_MS, classifiedFace(1, 'neutral', 0.8)));
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.9, picture: null });
    isHeld = true;
    played.take(frameOf(2 * FRAME_MS, classifiedFace(1, 'neutral', 0.7)));
    played.take(frameOf(3 * FRAME_MS, classifiedFace(1, 'neutral', 0.6)));
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.7, picture: 'held' });
  });

  it('prefers a clear moment without a picture to an unclear one with it', () => {
    let isHeld = false;
    const played = new SevenFaces<string>(() => (isHeld ? 'held' : null));
    played.start();
    played.take(frameOf(0, classifiedFace(1, 'neutral', 0.95)));
    isHeld = true;
    const turned = { ...classifiedFace(1, 'neutral', 0.2), concerns: [{ kind: 'turned', value: 50 } as const] };
    played.take(frameOf(FRAME_MS, turned));
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.95, unclear: false, picture: null });
    played.take(frameOf(2 * FRAME_MS, classifiedFace(1, 'neutral', 0.6)));
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.6, unclear: false, picture: 'held' });
  });

  it('reports a stronger expression than the requested one', () => {
    const { played, show } = game();
    show(FRAME_MS, classifiedFace(1, 'sad', 0.64));
    expect(playing(played.getSnapshot()).best).toMatchObject({ stronger: { expression: 'sad', share: 0.64 } });
    show(FRAME_MS, classifiedFace(1, 'neutral', 0.7));
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.7, stronger: null });
  });

  it('waits while no face is readable, the camera is off, or the tab is hidden', () => {
    const { played, show, pass } = game();
    show(1100, classifiedFace(1, 'neutral'));
    const { leftMs } = playing(played.getSnapshot());
    expect(leftMs).toBe(ROUND_MS - 1000);
    show(8000);
    show(8000, skippedFace(1));
    expect(playing(played.getSnapshot())).toMatchObject({ asked: 'neutral', leftMs, face: { status: 'skipped' } });
    played.rest();
    expect(playing(played.getSnapshot())).toMatchObject({ leftMs, face: null, faces: 0 });
    pass(60_000);
    show(FRAME_MS, classifiedFace(1, 'neutral'));
    expect(playing(played.getSnapshot()).leftMs).toBe(leftMs - 500);
  });

  it('watches the largest of several faces', () => {
    const { played, show } = game();
    show(FRAME_MS, classifiedFace(1, 'neutral', 0.99), large('neutral', 0.7));
    expect(playing(played.getSnapshot())).toMatchObject({ faces: 2, face: { track: 2 }, best: { share: 0.7 } });
  });

  it('ignores unreadable faces while another is readable', () => {
    const { played, show } = game();
    const passing = { ...skippedFace(3), box: { x: 0, y: 0, width: 200, height: 200 } as FaceObservation['box'] };
    show(FRAME_MS, passing, classifiedFace(1, 'neutral', 0.6));
    expect(playing(played.getSnapshot())).toMatchObject({ faces: 1, face: { track: 1 }, best: { share: 0.6 } });
  });

  it('prefers a moment that was easy to read to a stronger one that was not', () => {
    const { played, show } = game();
    const dark = { ...classifiedFace(1, 'neutral', 0.95, true), concerns: [{ kind: 'dark', value: 0.1 } as const] };
    show(FRAME_MS, dark);
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.95, unclear: true });
    show(FRAME_MS, classifiedFace(1, 'neutral', 0.4));
    show(FRAME_MS, dark);
    expect(playing(played.getSnapshot()).best).toMatchObject({ share: 0.4, unclear: false });
  });

  it('keeps the reading of a skipped expression, and none of one that was never seen', () => {
    const { played, show } = game();
    show(FRAME_MS, classifiedFace(1, 'neutral', 0.5));
    for (const asked of ASKED) {
      expect(playing(played.getSnapshot()).asked).toBe(asked);
      played.skip();
    }
    const { rounds, neutral } = over(played.getSnapshot());
    expect(rounds.map(({ best }) => best?.share ?? null)).toEqual([0.5, null, null, null, null, null, null]);
    // A tenth of a second is too short for a baseline.
    expect(neutral).toBeNull();
  });

  it('ends early with the rounds so far, and with nothing if nothing was read', () => {
    const { played, show } = game();
    show(FRAME_MS, classifiedFace(1, 'neutral', 0.5));
    played.stop();
    const { rounds } = over(played.getSnapshot());
    expect(rounds.map(({ asked, best }) => [asked, best?.share ?? null])).toEqual(ASKED.map((asked, i) => [asked, i === 0 ? 0.5 : null]));
    played.start();
    show(FRAME_MS);
    played.stop();
    expect(played.getSnapshot()).toEqual({ phase: 'off' });
  });

  it('takes the baseline of one person, not two', () => {
    const { played, show } = game();
    show(2500, classifiedFace(1, 'sad', 0.9));
    show(ROUND_MS - 2500, large('neutral', 0.9));
    for (let i = 0; i < ASKED.length; i++) played.skip();
    expect(over(played.getSnapshot()).neutral).toMatchObject({ track: 2, baseline: { probabilities: { neutral: expect.closeTo(0.9, 3) as number } } });
  });
});
