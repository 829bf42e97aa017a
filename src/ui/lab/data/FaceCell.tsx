import { createContext, useContext, useMemo } from 'react';
import type { LabFace } from '../../../app/lab/data-set';
import { FACE_SIDE, LUMINANCE_BYTES } from '../../../lab/faces';
import { classWord } from '../../../words/class-word';
import { t } from '../../../words/i18n';
import type { TileProps } from '../../shared/WindowedGrid';
import { useLanguage } from '../../use-language';
import { FaceCanvas } from '../FaceCanvas';
import own from './editor.module.css';

/** Luminance of all faces of the data set, [n, 48, 48]. */
export const AllLuminance = createContext<Uint8Array>(new Uint8Array());

/** One face of the grid; its id is its number in the data set. */
export function FaceCell({ id, detail: face, option }: TileProps<LabFace>) {
  // Another language words it anew.
  useLanguage();
  const all = useContext(AllLuminance);
  const luminance = useMemo(() => all.subarray(id * LUMINANCE_BYTES, (id + 1) * LUMINANCE_BYTES), [all, id]);
  return (
    <div {...option} className={own['cell'] ?? ''} title={face.name}>
      <FaceCanvas luminance={luminance} side={FACE_SIDE} alt="" />
      <span>{faceWord(face)}</span>
      <span>{face.person ?? ''}</span>
    </div>
  );
}

export function faceWord({ category }: LabFace): string {
  return category === null ? t('left out') : classWord(category);
}
