import { createContext, useContext, useLayoutEffect, useRef } from 'react';
import type { LabFace } from '../../../app/lab/data-set';
import { wordPictureName } from '../../../app/lab/data-words';
import { FACE_SIDE, LUMINANCE_BYTES } from '../../../lab/faces';
import { classWord } from '../../../words/class-word';
import { t } from '../../../words/i18n';
import type { TileProps } from '../../shared/WindowedGrid';
import { useLanguage } from '../../use-language';
import { drawFace } from '../FaceCanvas';
import own from './editor.module.css';

/** Shared drawing resources of a grid's faces. */
export interface Drawing {
  /** Faces of the data set, [n, 48, 48]. */
  readonly luminance: Uint8Array;
  /** Pool of canvases from faces scrolled out of view. Releasing hundreds would take the browser 100 ms during scrolling. */
  readonly spare: HTMLCanvasElement[];
}

export const DrawingContext = createContext<Drawing>({ luminance: new Uint8Array(), spare: [] });

/** One face of the grid; its id is its index in the data set. */
export function FaceCell({ id, detail: face, option }: TileProps<LabFace>) {
  // Re-renders when the language changes.
  useLanguage();
  const { luminance, spare } = useContext(DrawingContext);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const canvas = spare.pop() ?? Object.assign(document.createElement('canvas'), { width: FACE_SIDE, height: FACE_SIDE });
    drawFace(canvas, luminance.subarray(id * LUMINANCE_BYTES, (id + 1) * LUMINANCE_BYTES), FACE_SIDE);
    place.current?.append(canvas);
    return () => {
      canvas.remove();
      spare.push(canvas);
    };
  }, [luminance, spare, id]);
  return (
    <div {...option} className={own['cell'] ?? ''} title={wordPictureName(face.name)}>
      <div ref={place} className={own['picture']} aria-hidden="true" />
      <span>{faceWord(face)}</span>
      <span>{face.person ?? ''}</span>
    </div>
  );
}

export function faceWord({ category }: LabFace): string {
  return category === null ? t('left out') : classWord(category);
}
