import { memo } from 'react';
import type { LabFace } from '../../../app/lab/data-set';
import { FACE_SIDE, LUMINANCE_BYTES } from '../../../lab/faces';
import { classWord } from '../../../words/class-word';
import { t } from '../../../words/i18n';
import { FaceCanvas } from '../FaceCanvas';
import own from './editor.module.css';

interface Props {
  readonly id: string;
  /** Of all faces of the data set. */
  readonly luminance: Uint8Array;
  readonly number: number;
  readonly face: LabFace | undefined;
  /** Among those that are shown, counted from 0. */
  readonly place: number;
  readonly count: number;
  readonly isPicked: boolean;
  readonly isCursor: boolean;
  /** Pixels. */
  readonly start: number;
  readonly top: number;
  readonly width: number;
}

/** One face of the grid. It is drawn anew only where something of its own has changed, not as often as its neighbours scroll. */
export const FaceCell = memo(function FaceCell({ id, luminance, number, face, place, count, isPicked, isCursor, start, top, width }: Props) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isPicked}
      aria-setsize={count}
      aria-posinset={place + 1}
      data-place={place}
      data-cursor={isCursor || undefined}
      className={own['cell']}
      style={{ insetInlineStart: start, width, top }}
      title={face?.name}
    >
      <FaceCanvas luminance={luminance.subarray(number * LUMINANCE_BYTES, (number + 1) * LUMINANCE_BYTES)} side={FACE_SIDE} alt="" />
      <span>{typeof face?.category === 'string' ? classWord(face.category) : t('left out')}</span>
      <span>{face?.person ?? ''}</span>
    </div>
  );
});

/** The place of the cell that an event came from; null for none. */
export function placeOf(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  return cell ? Number(cell.dataset['place']) : null;
}
