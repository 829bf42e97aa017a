import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { cameraFaces } from '../../../app/lab/camera-faces';
import { dataSession } from '../../../app/lab/data-session';
import { EXPRESSIONS } from '../../../engine/labels';
import { expressionName } from '../../../words/expression-style';
import { t } from '../../../words/i18n';
import { Button } from '../../shared/Button';
import { CameraIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import styles from '../lab.module.css';
import camera from '../preview.module.css';
import own from './editor.module.css';

/** Captures labelled faces from the camera: a button per expression, held while it is shown. */
export function CameraTaking({ onEnd }: { readonly onEnd: () => void }) {
  const { status, flow, error, holding, taken, isMissing } = useSyncExternalStore(cameraFaces.subscribe, cameraFaces.getSnapshot);
  const [agreed, setAgreed] = useState(false);
  const [person, setPerson] = useState('');
  const [other, setOther] = useState('');
  const [ownLabels, setOwnLabels] = useState<readonly string[]>([]);
  const video = useRef<HTMLVideoElement>(null);
  const id = useId();
  useEffect(() => {
    cameraFaces.attach(video.current);
    return () => cameraFaces.attach(null);
  }, []);
  const labels: readonly { readonly key: string; readonly name: string }[] = [
    ...EXPRESSIONS.map((expression) => ({ key: expression, name: expressionName(expression) })),
    ...ownLabels.map((name) => ({ key: name, name })),
  ];
  const finish = () => {
    void dataSession.addTaken(cameraFaces.finish());
    onEnd();
  };
  return (
    <section className={styles['card']} aria-label={t('Faces from the camera')}>
      <h2>{t('Faces from the camera')}</h2>
      {error && <Message error={error} />}
      {status !== 'on' && (
        <label>
          <input type="checkbox" checked={agreed} onChange={({ target }) => setAgreed(target.checked)} />{' '}
          {t('Everybody in view knows and agrees that this browser keeps pictures of their faces until the data set is removed. They never leave this device.')}
        </label>
      )}
      <div className={camera['beside']}>
        <video ref={video} className={camera['preview']} aria-label={t('Picture of the camera')} muted playsInline hidden={status === 'off'} />
        {status === 'on' && (
          <div className={styles['section']}>
          <div className={styles['fields']}>
            <div className={styles['field']}>
              <label htmlFor={id}>{t('Person in view')}</label>
              <input id={id} value={person} aria-describedby={`${id}-hint`} onChange={({ target }) => setPerson(target.value)} />
              <p id={`${id}-hint`} className={styles['hint']}>
                {t('A name, so that one person’s faces stay together')}
              </p>
            </div>
            <form
              className={styles['field']}
              onSubmit={(event) => {
                event.preventDefault();
                const label = other.trim();
                if (label !== '' && !labels.some(({ key }) => key === label)) setOwnLabels([...ownLabels, label]);
                setOther('');
              }}
            >
              <label htmlFor={`${id}-own`}>{t('A class of your own')}</label>
              <input id={`${id}-own`} value={other} aria-describedby={`${id}-own-hint`} onChange={({ target }) => setOther(target.value)} />
              <p id={`${id}-own-hint`} className={styles['hint']}>
                {t('Enter adds its button')}
              </p>
            </form>
          </div>
          <p role="status">
            {flow === 'stopped' ? t('The camera sends no picture') : flow === 'waiting' ? t('Waiting for the camera’s first picture …') : holding === null ? t('Show an expression, and hold its button meanwhile. Hold it again at another time: what is held at once counts as one picture when faces are parted.') : isMissing ? t('No face is seen. Look towards the camera.') : t('Taking {label} …', { label: holding })}
          </p>
          <div className={own['holds']} role="group" aria-label={t('Hold while you show')}>
            {labels.map(({ key, name }) => (
              <Button key={key} onPressStart={() => void cameraFaces.hold(key, person.trim() || null)} onPressEnd={() => cameraFaces.release()}>
                {name} {taken.filter(({ label }) => label === key).length}
              </Button>
            ))}
          </div>
          </div>
        )}
      </div>
      <div className={styles['actions']}>
        {status === 'on' ? (
          <Button variant="primary" isDisabled={taken.length === 0} onPress={finish}>
            {t('Use {count, plural, one {# face} other {# faces}}', { count: taken.length })}
          </Button>
        ) : (
          <Button variant="primary" isDisabled={!agreed || status === 'opening'} onPress={() => void cameraFaces.open()}>
            <CameraIcon />
            {t('Start camera')}
          </Button>
        )}
        {taken.length > 0 && status === 'on' && <Button onPress={() => cameraFaces.undoHold()}>{t('Undo the last hold')}</Button>}
        <Button variant="quiet" onPress={onEnd}>
          {t('Cancel')}
        </Button>
      </div>
    </section>
  );
}
