import { useCallback, useRef, useState } from 'react';
import { droppedModel, partModel } from '../../app/files/dropped-model';
import { hrefOf } from '../../app/navigation';
import { msg, t } from '../../words/i18n';
import { Button } from '../shared/Button';
import { DroppedModelNotice } from '../shared/DroppedModelNotice';
import { Rich } from '../shared/Rich';
import { useIncomingFiles } from '../shared/use-incoming-files';
import styles from './webcam.module.css';

/** Handles files dropped on the live view: models are offered to the Lab; for pictures and videos, it refers to Read. */
export function LiveDrops() {
  const place = useRef<HTMLDivElement>(null);
  const [areOthers, setAreOthers] = useState(false);
  const take = useCallback(async (files: readonly File[]) => {
    const parted = await partModel(files);
    if (parted) droppedModel.set(parted.model);
    setAreOthers((parted?.others ?? files).length > 0);
  }, []);
  useIncomingFiles(place, (files) => void take(files));
  return (
    <div ref={place}>
      <DroppedModelNotice />
      {areOthers && (
        <div className={styles['dropped']}>
          <p role="status">
            <Rich message={msg('The live view reads the camera alone. Photos and videos are read <link>in Read</link>: drop them there.')} parts={{ link: (text) => <a href={hrefOf('read')}>{text}</a> }} />
          </p>
          <Button variant="quiet" onPress={() => setAreOthers(false)}>
            {t('Dismiss')}
          </Button>
        </div>
      )}
    </div>
  );
}
