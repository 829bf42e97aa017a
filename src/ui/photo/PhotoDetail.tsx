import { useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { FrameResult } from '../../engine/types';
import { useEngine } from '../engine-context';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { CloseIcon, PoseIcon } from '../shared/icons';
import { useDetailImages } from './detail-images';
import { FaceCard } from './FaceCard';
import { FaceBoxes } from './FaceBoxes';
import { PhotoFailure } from './PhotoFailure';
import { PoseAxes } from './PoseAxes';
import { isWorthRetrying, type Photo } from '../../app/photo/photo-queue';
import styles from './PhotoDetail.module.css';

interface Props {
  readonly photo: Photo;
  readonly onRemove: () => void;
  /** Others are chosen in the place of one that failed. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Has a photo that failed read once more. */
  readonly onRetry: () => void;
  /** Stops the reading; null where the whole batch is cancelled elsewhere. */
  readonly onCancel: (() => void) | null;
}

/** One photo: the picture with its boxes, and a card for every face. */
export function PhotoDetail({ photo, onRemove, onFiles, onRetry, onCancel }: Props) {
  const { file, name, state } = photo;
  const result = state.status === 'done' ? state.result : state.status === 'reading' ? state.seen : null;
  const isUnderWay = state.status === 'waiting' || state.status === 'reading';
  const faces = result?.faces ?? [];
  const images = useDetailImages(file, result);
  const [active, setActive] = useState<number | null>(null);
  const boxes = useRef<HTMLDivElement>(null);
  const cards = useRef<HTMLUListElement>(null);
  const focusIn = (list: HTMLElement | null, index: number) => list?.querySelectorAll<HTMLElement>('[data-face-link]')[index]?.focus();
  const [{ showHeadPose }, updateSettings] = useSettings();
  const shown = images.preview ?? photo.thumbnail;

  return (
    <article className={styles['detail']} aria-label={name}>
      <header className={styles['header']}>
        <h2 title={name}>{name}</h2>
        <p>{result ? `${result.frame.width} × ${result.frame.height}` : ''}</p>
        <Button variant="quiet" icon aria-label={`Remove ${name}`} onPress={onRemove}>
          <CloseIcon />
        </Button>
      </header>
      {state.status === 'failed' ? (
        <PhotoFailure error={state.error} onFiles={onFiles} onRetry={isWorthRetrying(state) ? onRetry : null} />
      ) : (
        <div className={styles['columns']}>
          <figure className={styles['figure']}>
            {shown ? (
              <div ref={boxes} className={styles['picture']}>
                <img src={shown} alt={`Photo: ${name}`} width={result?.frame.width} height={result?.frame.height} />
                {result && showHeadPose && <PoseAxes result={result} />}
                {result && (
                  <FaceBoxes result={result} active={active} onActive={setActive} onPick={(index) => focusIn(cards.current, index)} />
                )}
              </div>
            ) : (
              <div className={styles['placeholder']} />
            )}
          </figure>
          <section className={styles['faces']} aria-label="Results">
            <div className={styles['summary']}>
              <p className={styles['count']} role="status">
                <StateWords photo={photo} />
              </p>
              {isUnderWay && (
                <>
                  <ProgressBar className={styles['progress'] ?? ''} aria-label="Reading" isIndeterminate>
                    <div className={styles['sweep']} />
                  </ProgressBar>
                  {onCancel && (
                    <div className={styles['cancel']}>
                      <Button onPress={onCancel}>Cancel</Button>
                    </div>
                  )}
                </>
              )}
              {faces.length > 0 && !isUnderWay && (
                <ToggleButton className={styles['toggle'] ?? ''} isSelected={showHeadPose} onChange={(on) => updateSettings({ showHeadPose: on })}>
                  <PoseIcon />
                  Head pose
                </ToggleButton>
              )}
            </div>
            {result?.faces.length === 0 && (
              <p className={styles['hint']}>
                Try a picture in which the face is larger, turned to the camera and evenly lit.
              </p>
            )}
            {faces.length > 0 && (
              <ul ref={cards} className={styles['cards']} aria-label="Faces">
                {faces.map((face, index) => (
                  <FaceCard
                    key={index}
                    number={index + 1}
                    face={face}
                    crop={images.crops[index] ?? null}
                    active={active === index}
                    onActive={(on) => setActive(on ? index : null)}
                    onPick={() => focusIn(boxes.current, index)}
                  />
                ))}
              </ul>
            )}
          </section>
        </div>
      )}
    </article>
  );
}

function StateWords({ photo: { state } }: { readonly photo: Photo }) {
  const engine = useEngine();
  switch (state.status) {
    case 'waiting':
      return engine.status === 'loading' ? 'Waiting until the model is ready…' : 'Waiting…';
    case 'reading':
      return state.seen ? `${wordCount(state.seen)} so far, looking for more…` : 'Looking for faces…';
    case 'cancelled':
      return 'Cancelled before it was read';
    case 'failed':
      return null;
    case 'done':
      return state.result.faces.length === 0 ? 'No face found' : `${wordCount(state.result)} found`;
  }
}

function wordCount({ faces }: FrameResult): string {
  return faces.length === 1 ? '1 face' : `${faces.length} faces`;
}
