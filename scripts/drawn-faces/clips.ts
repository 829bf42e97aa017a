import { crossing, drawScene, type Scene } from './scenes';

/** Chromium's fake camera plays MJPEG at this many frames a second, whatever the file says. */
export const CLIP_FRAMES_PER_SECOND = 30;

/** One person at 640×480 who sways a little, happy for the first half and surprised for the second. */
export function* swayingPerson(seconds: number): Generator<Scene> {
  const frames = Math.round(seconds * CLIP_FRAMES_PER_SECOND);
  for (let frame = 0; frame < frames; frame += 1) {
    // A whole number of sways, so that the loop has no jump.
    const phase = (2 * Math.PI * frame) / frames;
    const expression = frame < frames / 2 ? 'happy' : 'surprise';
    yield drawScene({ width: 640, height: 480 }, [
      { x: 320 + 60 * Math.sin(phase), y: 215, height: 200, expression, seed: 1, yawDeg: 14 * Math.sin(phase), rollDeg: 5 * Math.sin(2 * phase) },
    ]);
  }
}

/** Two people who walk past one another and back. */
export function* crossingPeople(seconds: number): Generator<Scene> {
  const frames = Math.round(seconds * CLIP_FRAMES_PER_SECOND);
  for (let frame = 0; frame < frames; frame += 1) {
    yield crossing((1 - Math.cos((2 * Math.PI * frame) / frames)) / 2);
  }
}
