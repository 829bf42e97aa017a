import type { Expression } from '../../src/engine/labels';
import type { DrawnFace } from './face';
import type { Shot } from './film';
import { crossing, drawScene, noFace, type Scene } from './scenes';

/** Frame rate of the clips below that take their length in seconds. */
export const CLIP_FRAMES_PER_SECOND = 30;

/** One person at 640×480 who sways slightly, happy for the first half and surprised for the second. */
export function* swayingPerson(seconds: number): Generator<Scene> {
  const frames = Math.round(seconds * CLIP_FRAMES_PER_SECOND);
  for (let frame = 0; frame < frames; frame += 1) {
    // A whole number of sways, so that the loop is seamless.
    const phase = (2 * Math.PI * frame) / frames;
    const expression = frame < frames / 2 ? 'happy' : 'surprise';
    yield drawScene({ width: 640, height: 480 }, [
      { x: 320 + 60 * Math.sin(phase), y: 215, height: 200, expression, seed: 1, yawDeg: 14 * Math.sin(phase), rollDeg: 5 * Math.sin(2 * phase) },
    ]);
  }
}

/** One distant person who sways: 640×480, the face 56 pixels high. */
export function* farPerson(seconds: number): Generator<Scene> {
  const frames = Math.round(seconds * CLIP_FRAMES_PER_SECOND);
  for (let frame = 0; frame < frames; frame += 1) {
    const x = 320 + 20 * Math.sin((2 * Math.PI * frame) / frames);
    yield drawScene({ width: 640, height: 480 }, [{ x, y: 200, height: 56, expression: 'happy', seed: 1 }]);
  }
}

/** One motionless person, well left of the centre, to distinguish a picture from its mirror image. */
export function* personAside(seconds: number): Generator<Scene> {
  const frames = Math.round(seconds * CLIP_FRAMES_PER_SECOND);
  for (let frame = 0; frame < frames; frame += 1) {
    yield drawScene({ width: 640, height: 480 }, [{ x: 190, y: 215, height: 200, expression: 'happy', seed: 1 }]);
  }
}

/** Two people who walk past each other and back. */
export function* crossingPeople(seconds: number): Generator<Scene> {
  const frames = Math.round(seconds * CLIP_FRAMES_PER_SECOND);
  for (let frame = 0; frame < frames; frame += 1) {
    yield crossing((1 - Math.cos((2 * Math.PI * frame) / frames)) / 2);
  }
}

const SMALL = { width: 640, height: 480 };

/** One person who shows each expression for a second. */
export function* expressionPerSecond(expressions: readonly Expression[], size = SMALL): Generator<Shot> {
  for (const expression of expressions) {
    const face = { x: size.width / 2, y: size.height * 0.45, height: Math.min(size.width, size.height) * 0.45, expression, seed: 1 };
    yield { scene: drawScene(size, [face]), seconds: 1 };
  }
}

/** Two people who walk past each other in the given time. */
export function* crossingShots(seconds: number, framesPerSecond: number): Generator<Shot> {
  const frames = Math.round(seconds * framesPerSecond);
  for (let frame = 0; frame < frames; frame += 1) yield { scene: crossing(frame / (frames - 1)), seconds: 1 / framesPerSecond };
}

/** Two people for seven seconds, one of whom leaves after two and returns for the last two. */
export function* leavingAndReturning(): Generator<Shot> {
  const stays: DrawnFace = { x: 180, y: 220, height: 180, expression: 'happy', seed: 1 };
  const goes: DrawnFace = { x: 470, y: 220, height: 180, expression: 'surprise', seed: 3 };
  yield { scene: drawScene(SMALL, [stays, goes]), seconds: 2 };
  yield { scene: drawScene(SMALL, [stays]), seconds: 3 };
  yield { scene: drawScene(SMALL, [stays, goes]), seconds: 2 };
}

/** Hard cuts between people at the same position and background: the first, the second, and the first again. */
export function* cutsAtOnePlace(secondsEach: number): Generator<Shot> {
  for (const [seed, expression] of [[1, 'happy'], [2, 'sad'], [1, 'surprise']] as const) {
    yield { scene: drawScene(SMALL, [{ x: 320, y: 215, height: 220, expression, seed }]), seconds: secondsEach };
  }
}

/** One person, happy for five frames of the first half second, then sad in a frame held nine times as long. */
export function* heldPicture(): Generator<Shot> {
  const face = { x: 320, y: 215, height: 220, seed: 1 };
  for (let i = 0; i < 5; i++) yield { scene: drawScene(SMALL, [{ ...face, expression: 'happy' }]), seconds: 0.1 };
  yield { scene: drawScene(SMALL, [{ ...face, expression: 'sad' }]), seconds: 4.5 };
}

export function* nobody(seconds: number): Generator<Shot> {
  yield { scene: noFace(), seconds };
}

/** The app's sample clip: two people whose expressions change at different times. */
export function* sampleClip(framesPerSecond: number): Generator<Shot> {
  const left: readonly Expression[] = ['neutral', 'happy', 'surprise', 'happy'];
  const right: readonly Expression[] = ['sad', 'sad', 'neutral', 'angry', 'happy'];
  const seconds = 12;
  const at = (list: readonly Expression[], share: number) => list[Math.min(list.length - 1, Math.floor(share * list.length))] ?? 'neutral';
  for (let frame = 0; frame < seconds * framesPerSecond; frame += 1) {
    const share = frame / (seconds * framesPerSecond);
    const sway = Math.sin(4 * Math.PI * share);
    yield {
      scene: drawScene(SMALL, [
        { x: 190 + 14 * sway, y: 225, height: 170, expression: at(left, share), seed: 1, yawDeg: 10 * sway },
        { x: 455, y: 235 + 6 * sway, height: 160, expression: at(right, share), seed: 3, yawDeg: -8 - 6 * sway },
      ]),
      seconds: 1 / framesPerSecond,
    };
  }
}
