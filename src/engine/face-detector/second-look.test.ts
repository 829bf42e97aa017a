import { describe, expect, it } from 'vitest';
import type { FaceDetection } from '../types';
import { faceAt } from './face-fixture';
import type { Looks } from './frame-looks';
import type { Look } from './look';
import { SceneLooks, square } from './looks-fixture';
import { confirm, findAgain, lookAgain, type ConfirmedFace } from './second-look';

const FRAME = { width: 1280, height: 720 };
const FACE = square(500, 300, 80);

/** A scene in which one function answers every look. */
const answering = (answer: (look: Look) => readonly FaceDetection[]): Looks => ({ size: FRAME, take: answer });

describe('confirm', () => {
  it('keeps a face that its own region shows, placed by the regions of the search', () => {
    const [face, ...others] = confirm([faceAt(square(506, 296, 84))], new SceneLooks(FRAME, [FACE]));
    expect(others).toEqual([]);
    expect(face).toMatchObject({ turn: 0, tightScore: 0.9 });
    expect(face?.box.x).toBeCloseTo(FACE.x);
    expect(face?.box.width).toBeCloseTo(FACE.width);
    expect(face?.support).toBeGreaterThan(2);
  });

  it('places a face in enlarged regions, and confirms it in unscaled ones', () => {
    const placed = square(503, 301, 78);
    const [face] = confirm([faceAt(FACE)], answering(({ enlarged = false }) => (enlarged ? [faceAt(placed)] : [faceAt(FACE)])));
    expect(face?.box.x).toBeCloseTo(placed.x);
    expect(face?.box.width).toBeCloseTo(placed.width);
    expect(confirm([faceAt(FACE)], answering(({ enlarged = false }) => (enlarged ? [faceAt(placed)] : [])))).toEqual([]);
    expect(confirm([faceAt(FACE)], answering(({ enlarged = false }) => (enlarged ? [] : [faceAt(FACE)])))).toHaveLength(1);
  });

  it('drops a detection that nothing shows again', () => {
    expect(confirm([faceAt(FACE)], new SceneLooks(FRAME, []))).toEqual([]);
  });

  it('keeps one of two detections of one face', () => {
    expect(confirm([faceAt(square(496, 298, 80)), faceAt(square(506, 304, 76))], new SceneLooks(FRAME, [FACE]))).toHaveLength(1);
  });

  it('scores faces without their surroundings', () => {
    const scene = new SceneLooks(FRAME, [FACE]);
    const [face] = confirm([faceAt(FACE)], answering((look) => (look.region.width < 130 ? [] : scene.take(look))));
    expect(face).toMatchObject({ score: 0.9, tightScore: 0 });
  });

  it('does not judge a face by its surroundings where the frame cuts it', () => {
    const cut = square(-30, 300, 80);
    const [face] = confirm([faceAt(cut)], answering(() => [faceAt(cut)]));
    expect(face).toBeDefined();
    expect(face).not.toHaveProperty('tightScore');
  });
});

describe('lookAgain', () => {
  it('keeps a known face\'s score without its surroundings', () => {
    expect(lookAgain({ ...faceAt(FACE), tightScore: 0.8 }, new SceneLooks(FRAME, [FACE]))).toMatchObject({ tightScore: 0.8 });
  });

  it('tries all orientations where the known one does not show the face clearly', () => {
    const turned = answering(({ turn }) => (turn === 180 ? [faceAt(FACE, 0.85)] : turn === 0 ? [faceAt(FACE, 0.6)] : []));
    expect(lookAgain(faceAt(FACE), turned)).toMatchObject({ turn: 180, score: 0.85 });
  });
});

describe('findAgain', () => {
  const CUT = square(-35, 300, 80);
  const known: ConfirmedFace = { ...faceAt(CUT), turn: 0, support: 2 };

  it('keeps a face that the frame cuts as long as a look at this frame shows it', () => {
    const onWhole = answering(({ region }) => (region.x === 0 && region.width === FRAME.width ? [faceAt(CUT, 0.7)] : []));
    expect(findAgain(known, onWhole)).toMatchObject({ box: CUT, score: 0.7 });
  });

  it('drops it once nothing does, though its own region is half black', () => {
    expect(findAgain(known, answering(() => []))).toBeNull();
  });
});
