import { useState } from 'react';
import type { DataSet } from '../../app/lab/data-set';
import { wordPictureName } from '../../app/lab/data-words';
import { FACE_SIDE, LUMINANCE_BYTES } from '../../lab/faces';
import { formatCount } from '../../words/format';
import { Button } from '../shared/Button';
import { FaceCanvas } from './FaceCanvas';
import { t } from '../../words/i18n';
import styles from './lab.module.css';

interface Props {
  readonly label: string;
  readonly data: DataSet;
  /** Indices of the faces to show. */
  readonly faces: readonly number[];
  /** Short caption of a face; `at` is its index in `faces`. */
  readonly describe: (face: number, at: number) => string;
}

/** Faces per page; more do not fit on a screen. */
const PAGE = 60;

/** Many faces, one page at a time. */
export function FaceGrid({ label, data, faces, describe }: Props) {
  const [page, setPage] = useState(0);
  const pages = Math.ceil(faces.length / PAGE);
  const from = Math.min(page, Math.max(0, pages - 1)) * PAGE;
  return (
    <div className={styles['section']}>
      <ul className={styles['faces']} aria-label={label}>
        {faces.slice(from, from + PAGE).map((face, i) => (
          <li key={face} title={wordPictureName(data.faces[face]?.name ?? '')}>
            <FaceCanvas luminance={data.pixels.luminance.subarray(face * LUMINANCE_BYTES, (face + 1) * LUMINANCE_BYTES)} side={FACE_SIDE} alt="" />
            <span>{describe(face, from + i)}</span>
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <div className={styles['actions']}>
          <Button isDisabled={from === 0} onPress={() => setPage(from / PAGE - 1)}>
            {t('Previous')}
          </Button>
          <span>
            {t('{from}–{to} of {count}', { from: formatCount(from + 1), to: formatCount(Math.min(faces.length, from + PAGE)), count: formatCount(faces.length) })}
          </span>
          <Button isDisabled={from + PAGE >= faces.length} onPress={() => setPage(from / PAGE + 1)}>
            {t('Next')}
          </Button>
        </div>
      )}
    </div>
  );
}
