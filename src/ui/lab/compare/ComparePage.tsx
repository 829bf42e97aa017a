import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type CSSProperties } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { wordLeftOut } from '../../../app/lab/data-words';
import { modelLibrary } from '../../../app/lab/model-library';
import { sideBySide, type SideAnswer } from '../../../app/lab/side-by-side';
import { FACE_SIDE } from '../../../lab/faces';
import { classWord } from '../../../words/class-word';
import { formatShare } from '../../../words/format';
import { Button } from '../../shared/Button';
import { DropHint } from '../../shared/DropHint';
import { CameraIcon, PhotoIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import { useIncomingFiles } from '../../shared/use-incoming-files';
import { FaceCanvas } from '../FaceCanvas';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import camera from '../preview.module.css';
import own from './answers.module.css';
import { ModelSelect } from '../ModelSelect';

/** One face, classified by two models. */
export function ComparePage() {
  const page = useRef<HTMLDivElement>(null);
  const state = useSyncExternalStore(sideBySide.subscribe, sideBySide.getSnapshot);
  const { choices: models } = useSyncExternalStore(modelLibrary.subscribe, modelLibrary.getSnapshot);
  const [chosen, setChosen] = useState({ first: 'mien', second: '' });
  useEffect(() => void modelLibrary.load(), []);
  const second = chosen.second || (models[0]?.id ?? '');
  const read = useCallback(
    (file: File | undefined, ids: readonly string[]) => {
      const wanted = ids.filter((id) => id !== '').map((id) => models.find((model) => model.id === id) ?? null);
      if (file) void sideBySide.read(file, wanted);
    },
    [models],
  );
  const onFiles = useCallback((files: readonly File[]) => read(files[0], [chosen.first, second]), [read, chosen.first, second]);
  const { dragging } = useIncomingFiles(page, onFiles);
  const video = useRef<HTMLVideoElement>(null);
  const isLive = state.status === 'live';
  // Turns the camera off when the page is left.
  useEffect(() => () => sideBySide.stop(), []);
  const watch = (ids: readonly string[]) => {
    const wanted = ids.filter((id) => id !== '').map((id) => models.find((model) => model.id === id) ?? null);
    if (video.current) void sideBySide.watch(video.current, wanted);
  };
  const choose = (change: Partial<typeof chosen>) => {
    const next = { first: chosen.first, second, ...change };
    setChosen(next);
    if ('file' in state) read(state.file, [next.first, next.second]);
    else if (isLive) watch([next.first, next.second]);
  };
  return (
    <div ref={page} className={styles['section']}>
      {dragging && <DropHint>{t('Drop a photo anywhere')}</DropHint>}
      <section className={styles['card']} aria-label={t('What to compare')}>
        <h2>{t('Two models on one face')}</h2>
        <div className={styles['fields']}>
          <ModelSelect label={t('Model')} models={models} value={chosen.first} onChange={(first) => choose({ first })} />
          <ModelSelect label={t('Beside')} models={models} value={second} canBeNone={models.length === 0} onChange={(id) => choose({ second: id })} />
        </div>
        <div className={styles['actions']}>
          <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => onFiles([...(files ?? [])])}>
            <Button variant="primary">
              <PhotoIcon />
              {t('Choose a photo')}
            </Button>
          </FileTrigger>
          <Button onPress={() => (isLive ? sideBySide.stop() : watch([chosen.first, second]))}>
            <CameraIcon />
            {isLive ? t('Stop camera') : t('Use the camera')}
          </Button>
        </div>
        {models.length === 0 && <p className={styles['hint']}>{t('Bring a model first, or teach one, to have two.')}</p>}
      </section>
      <section className={styles['card']} aria-label={t('Live')} style={isLive ? {} : { display: 'none' }}>
        <div className={camera['beside']}>
          <video ref={video} className={camera['preview']} aria-label={t('Picture of the camera')} muted playsInline />
          <div className={styles['section']}>
            {isLive && state.isMissing && <p className={styles['warning']}>{t('No face is seen. Look towards the camera.')}</p>}
            {isLive && state.face && (
              <div className={own['answers']}>
                {state.face.answers.map((answer, i) => (
                  <Answer key={i} answer={answer} />
                ))}
              </div>
            )}
          </div>
        </div>
      </section>
      {state.status === 'live-failed' && <Message error={state.error} />}
      {state.status === 'finding' && <p role="status">{t('Looking for a face in {name}…', { name: state.file.name })}</p>}
      {state.status === 'no-face' && (
        <p role="status" className={styles['warning']}>
          {state.file.name}: {wordLeftOut(state.reason)}
        </p>
      )}
      {state.status === 'failed' && <Message error={state.error} />}
      {state.status === 'read' && (
        <section className={styles['card']} aria-label={t('Answers')}>
          <div className={styles['actions']}>
            <FaceCanvas luminance={state.luminance} side={FACE_SIDE} alt="" />
            <p>{t('The largest face of {name}', { name: state.file.name })}</p>
          </div>
          <div className={own['answers']}>
            {state.answers.map((answer, i) => (answer ? <Answer key={i} answer={answer} /> : <p key={i}>{t('Reading…')}</p>))}
          </div>
        </section>
      )}
    </div>
  );
}

function Answer({ answer: { name, shares } }: { readonly answer: SideAnswer }) {
  return (
    <div className={styles['section']}>
      <h3>{name}</h3>
      <ul className={own['shares']} aria-label={name}>
        {shares.map(({ name: category, share }) => (
          <li key={category} style={{ '--share': `${Math.round(100 * share)}%` } as CSSProperties}>
            <span>{classWord(category)}</span>
            <span>{formatShare(share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
