import { useEffect, useRef, useState, type RefObject } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { FaceObservation, FrameResult } from '../../engine/types';
import { useEngine } from '../engine-context';
import { useFullScreenElement } from '../use-full-screen-element';
import { useSettings } from '../use-settings';
import { photoSession } from '../../app/photo/photo-session';
import { ChooseFiles } from '../read/AddFiles';
import { Breakable } from '../shared/Breakable';
import { Button } from '../shared/Button';
import { ReadBy } from '../shared/ReadBy';
import { UndoBar } from '../shared/UndoBar';
import { CloseIcon, FullScreenIcon, NextIcon, PoseIcon, PreviousIcon } from '../shared/icons';
import { previewSize, useDetailImages } from './detail-images';
import { FaceCard } from './FaceCard';
import { FaceBoxes } from './FaceBoxes';
import { PhotoFailure } from './PhotoFailure';
import { PictureStage } from './PictureStage';
import { PoseAxes } from './PoseAxes';
import { isWorthRetrying, type Photo, type ReadBy as PhotoReader } from '../../app/photo/photo-queue';
import { formatSize } from '../../words/format';
import { t } from '../../words/i18n';
import styles from './PhotoDetail.module.css';

/** Aspect ratio from which a picture is shown above its faces instead of beside them. */
const WIDE = 3;

/** A photo's position among several. */
export interface PhotoPosition {
  /** 1-based. */
  readonly number: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
}

interface Props {
  readonly photo: Photo;
  /** Null if it is the only photo. */
  readonly position: PhotoPosition | null;
  readonly onRemove: () => void;
  /** Adds files chosen to replace one that failed. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Analyses a failed photo again. */
  readonly onRetry: () => void;
  /** Cancels the analysis; null if the whole batch is cancelled elsewhere. */
  readonly onCancel: (() => void) | null;
}

/** One photo: the picture with its boxes, and a card for each face. */
export function PhotoDetail({ photo, position, onRemove, onFiles, onRetry, onCancel }: Props) {
  const { name, state } = photo;
  const result = resultOf(photo);
  const engine = useEngine();
  const readBy: PhotoReader | null = state.status === 'done' ? state.readBy : engine.status === 'ready' ? engine.health : null;
  const whole = useRef<HTMLElement>(null);
  const fullScreen = useFullScreenElement();
  const wasFull = useRef(false);
  // The focused element was removed with the previous photo, or when entering or leaving full screen.
  useEffect(() => {
    const isFull = whole.current !== null && fullScreen === whole.current;
    if ((isFull || wasFull.current) && document.activeElement === document.body) whole.current?.focus({ preventScroll: true });
    wasFull.current = isFull;
  }, [photo.id, fullScreen]);
  return (
    <article ref={whole} className={styles['detail']} aria-label={name} tabIndex={-1}>
      <header className={styles['header']}>
        <h2 dir="auto" title={name}>
          <Breakable name={name} />
        </h2>
        <p>{result ? formatSize(result.frame) : ''}</p>
        {position && <Position {...position} />}
        {/* In the corner of a full screen, "Remove" would be mistaken for "Leave". Different keys, so that the focus does not pass from one to the other. */}
        {fullScreen === null ? (
          <Button key="remove" variant="quiet" icon aria-label={t('Remove {name}', { name })} onPress={onRemove}>
            <CloseIcon />
          </Button>
        ) : (
          <Button key="leave" variant="quiet" icon aria-label={t('Leave full screen')} onPress={() => void document.exitFullscreen().catch(() => undefined)}>
            <FullScreenIcon />
          </Button>
        )}
      </header>
      {readBy && <ReadBy model={readBy.model} sensitivities={[readBy.sensitivity]} />}
      {state.status === 'failed' ? (
        <PhotoFailure error={state.error} onFiles={onFiles} onRetry={isWorthRetrying(state) ? onRetry : null} />
      ) : (
        <ReadPhoto key={photo.id} photo={photo} result={result} whole={whole} onFiles={onFiles} onCancel={onCancel} onMove={position?.onMove ?? null} />
      )}
    </article>
  );
}

/** The best result so far: complete, from the first pass, or none. */
function resultOf({ state }: Photo): FrameResult | null {
  if (state.status === 'done') return state.result;
  return state.status === 'reading' ? state.seen : null;
}

function Position({ number, count, onMove }: PhotoPosition) {
  return (
    <div className={styles['position']} role="group" aria-label={t('Photos before and after')}>
      <Button variant="quiet" icon aria-label={t('Previous photo')} isDisabled={number === 1} onPress={() => onMove(-1)}>
        <PreviousIcon />
      </Button>
      <span>
        {t('{number} of {count}', { number, count })}
      </span>
      <Button variant="quiet" icon aria-label={t('Next photo')} isDisabled={number === count} onPress={() => onMove(1)}>
        <NextIcon />
      </Button>
    </div>
  );
}

interface ReadPhotoProps extends Pick<Props, 'photo' | 'onFiles' | 'onCancel'> {
  readonly onMove: PhotoPosition['onMove'] | null;
  readonly result: FrameResult | null;
  /** The element shown in full screen; it stays there when the photo changes. */
  readonly whole: RefObject<HTMLElement | null>;
}

function ReadPhoto({ photo, result, whole, onFiles, onCancel, onMove }: ReadPhotoProps) {
  const stateWords = wordState(photo, useEngine());
  const { file, name, state } = photo;
  const isUnderWay = state.status === 'waiting' || state.status === 'reading';
  const faces = result?.faces ?? [];
  // Each card keeps its own face when another is marked as not a face.
  const all = (state.status === 'done' ? state.allFaces : null) ?? faces;
  const images = useDetailImages(file, result);
  const [active, setActive] = useState<number | null>(null);
  const [takenOut, setTakenOut] = useState<FaceObservation | null>(null);
  const fullScreen = useFullScreenElement();
  const picture = useRef<HTMLDivElement>(null);
  const cards = useRef<HTMLUListElement>(null);
  const focusIn = (list: HTMLElement | null, index: number) => list?.querySelectorAll<HTMLElement>('[data-face-link]')[index]?.focus();
  const [{ showHeadPose }, updateSettings] = useSettings();
  const shown = images.preview ?? photo.thumbnail?.url ?? null;
  return (
    <div className={styles['columns']} {...(result && result.frame.width > WIDE * result.frame.height && { 'data-wide': true })}>
      <div className={styles['figure']}>
        {shown ? (
          <PictureStage src={shown} alt={t('Photo: {name}', { name })} size={result && previewSize(result.frame)} picture={picture} whole={whole} onSwipe={onMove}>
            {(size) =>
              result && (
                <>
                  {showHeadPose && <PoseAxes result={result} />}
                  <FaceBoxes result={result} shown={size} active={active} onActive={setActive} onPick={(index) => focusIn(cards.current, index)} />
                </>
              )
            }
          </PictureStage>
        ) : (
          <div className={styles['placeholder']}>
            {fullScreen !== null && (
              <p role="status">
                {stateWords}
              </p>
            )}
          </div>
        )}
      </div>
      <section className={styles['faces']} aria-label={t('Results')}>
        <div className={styles['summary']}>
          <p className={styles['count']} role="status">
            {stateWords}
          </p>
          {isUnderWay && (
            <>
              <ProgressBar className={styles['progress'] ?? ''} aria-label={t('Reading')} isIndeterminate>
                <div className={styles['sweep']} />
              </ProgressBar>
              {onCancel && (
                <div className={styles['cancel']}>
                  <Button onPress={onCancel}>{t('Cancel')}</Button>
                </div>
              )}
            </>
          )}
          {faces.length > 0 && !isUnderWay && (
            <ToggleButton className={styles['toggle'] ?? ''} isSelected={showHeadPose} onChange={(on) => updateSettings({ showHeadPose: on })}>
              <PoseIcon />
              {t('Head pose')}
            </ToggleButton>
          )}
        </div>
        {result?.faces.length === 0 && (
          <div className={styles['nobody']}>
            <p>{t('Try a picture in which the face is larger, turned to the camera and evenly lit.')}</p>
            {state.status === 'done' && (
              <ChooseFiles variant="plain" onFiles={onFiles}>
                {t('Choose another picture')}
              </ChooseFiles>
            )}
          </div>
        )}
        {faces.length > 0 && (
          <ul ref={cards} className={styles['cards']} aria-label={t('Faces')}>
            {faces.map((face, index) => (
              <FaceCard
                key={all.indexOf(face)}
                number={index + 1}
                face={face}
                crop={images.crops[index] ?? null}
                active={active === index}
                opened={faces.length === 1}
                onActive={(on) => setActive(on ? index : null)}
                onPick={() => focusIn(picture.current, index)}
                onNotAFace={
                  state.status === 'done'
                    ? () => {
                        photoSession.dispatch({ type: 'not-a-face', id: photo.id, face });
                        setTakenOut(face);
                        setActive(null);
                      }
                    : null
                }
              />
            ))}
          </ul>
        )}
        {state.status === 'done' && state.notFaces && state.notFaces.length > 0 && (
          <p className={styles['hint']}>
            {t('{count, plural, one {# face was marked as not a face and does not count.} other {# faces were marked as not faces and do not count.}}', { count: state.notFaces.length })}{' '}
            <Button variant="quiet" onPress={() => state.notFaces?.forEach((face) => photoSession.dispatch({ type: 'a-face-after-all', id: photo.id, face }))}>
              {t('Count them again')}
            </Button>
          </p>
        )}
        {takenOut && (
          <UndoBar
            words={t('This is not a face: it no longer counts')}
            done={takenOut}
            onUndo={() => {
              photoSession.dispatch({ type: 'a-face-after-all', id: photo.id, face: takenOut });
              setTakenOut(null);
            }}
            onDismiss={() => setTakenOut(null)}
          />
        )}
      </section>
    </div>
  );
}

/** Null for a failure, which has a message of its own. */
function wordState({ state }: Photo, engine: ReturnType<typeof useEngine>): string | null {
  switch (state.status) {
    case 'waiting':
      return engine.status === 'loading' ? t('Waiting until the model is ready…') : t('Waiting…');
    case 'reading':
      return state.seen ? t('{count, plural, one {# face} other {# faces}} so far, looking for more…', { count: state.seen.faces.length }) : t('Looking for faces…');
    case 'cancelled':
      return t('Cancelled before it was read');
    case 'failed':
      return null;
    case 'done':
      return t('{count, plural, =0 {No face found} one {# face found} other {# faces found}}', { count: state.result.faces.length });
  }
}
