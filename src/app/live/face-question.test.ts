import { describe, expect, it } from 'vitest';
import { classifiedFace, frameOf, skippedFace } from '../../session/observation-fixture';
import { FaceQuestion } from './face-question';

/** `isKept`: whether the frame being read was captured. */
function questionOf() {
  const kept = { isKept: true };
  const question = new FaceQuestion<string>({
    pictureOf: ({ track }, { width }) => (kept.isKept ? `face ${track} of ${width}` : null),
    shown: (face) => (face.track === 9 && face.status === 'classified' ? { ...face, label: 'neutral', relative: true } : face),
  });
  const answers: unknown[] = [];
  return { question, kept, answers, answer: (asked: unknown) => answers.push(asked) };
}

describe('FaceQuestion', () => {
  it('is answered once, with the face of the next captured frame and its card’s label', () => {
    const { question, kept, answers, answer } = questionOf();
    question.ask(9, answer);
    kept.isKept = false;
    question.take(frameOf(0, classifiedFace(2, 'happy'), classifiedFace(9, 'sad')));
    expect([answers, question.isWaiting]).toEqual([[], true]);
    kept.isKept = true;
    const frame = frameOf(40, classifiedFace(2, 'happy'), classifiedFace(9, 'sad'));
    question.take(frame);
    question.take(frame);
    expect([answers, question.isWaiting]).toEqual([[{ picture: `face 9 of ${frame.frame.width}`, label: 'neutral' }], false]);
  });

  it('waits for a face that some frames lack, and ends if it has left, cannot be read, or no frame comes', () => {
    const { question, answers, answer } = questionOf();
    question.ask(1, answer);
    question.take(frameOf(0, classifiedFace(2, 'happy')));
    question.take(frameOf(999, classifiedFace(1, 'happy')));
    expect(answers).toEqual([expect.objectContaining({ label: 'happy' })]);
    question.ask(1, answer);
    question.take(frameOf(2000, classifiedFace(2, 'happy')));
    question.take(frameOf(3000, classifiedFace(2, 'happy')));
    question.ask(1, answer);
    question.take(frameOf(4000, skippedFace(1)));
    question.take(frameOf(5000, skippedFace(1)));
    question.ask(1, answer);
    question.rest();
    question.rest();
    expect(answers.slice(1)).toEqual([null, null, null]);
  });

  it('answers only the last of several questions', () => {
    const { question, answers, answer } = questionOf();
    question.ask(1, () => answers.push('first'));
    question.ask(2, answer);
    question.take(frameOf(0, classifiedFace(1, 'happy'), classifiedFace(2, 'sad')));
    expect(answers).toEqual([expect.objectContaining({ label: 'sad' })]);
  });
});
