import { useMemo, useSyncExternalStore } from 'react';
import { dataSession } from '../../../app/lab/data-session';
import { countsOf, type DataSet } from '../../../app/lab/data-set';
import { wordDataName } from '../../../app/lab/data-words';
import { goTo } from '../../../app/navigation';
import { classWord } from '../../../words/class-word';
import { formatBytes, formatCount } from '../../../words/format';
import { wordError } from '../../../words/errors';
import { Button } from '../../shared/Button';
import { Message } from '../../shared/Message';
import { FaceEditor } from './FaceEditor';
import { LeftOutList } from './LeftOutList';
import { msg, t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** A loaded data set: its counts, the items left out, and its faces. */
export function DataSummary({ data, onTake }: { readonly data: DataSet; readonly onTake: () => void }) {
  const keeping = useSyncExternalStore(dataSession.subscribeKeeping, dataSession.getKeeping);
  const { faces, pixels, leftOut, bursts } = data;
  const name = wordDataName(data.name);
  const { byCategory, leftOut: unlabelled, persons, copies } = useMemo(() => countsOf({ faces, bursts }), [faces, bursts]);
  const bytes = pixels.luminance.length + (pixels.colors?.length ?? 0);
  return (
    <div className={styles['section']}>
      <section className={styles['card']} aria-label={name}>
        <h2>{name}</h2>
        <dl className={styles['facts']}>
          <div>
            <dt>{t('Faces')}</dt>
            <dd>
              {t('{count} ({bytes}, {kept})', { count: formatCount(faces.length), bytes: formatBytes(bytes), kept: t(KEPT_WORDS[keeping.status]) })}
            </dd>
          </div>
          <div>
            <dt>{t('By class')}</dt>
            <dd>
              {Array.from(byCategory, ([category, count]) => t('{name} {count}', { name: classWord(category), count: formatCount(count) })).join(', ')}
              {unlabelled > 0 && `; ${t('left out {count}', { count: formatCount(unlabelled) })}`}
            </dd>
          </div>
          <div>
            <dt>{t('People')}</dt>
            <dd>{persons > 0 ? formatCount(persons) : t('unknown: each face counts as a different person')}</dd>
          </div>
          <div>
            <dt>{t('Near-duplicates')}</dt>
            <dd>{t('{copies, plural, =0 {none} one {# face is nearly the same as an earlier one; they are never parted} other {# faces are nearly the same as an earlier one; they are never parted}}', { copies })}</dd>
          </div>
        </dl>
        {keeping.status === 'failed' && (
          <Message
            error={keeping.error}
            wording={{ title: wordError(keeping.error).title, advice: t(keeping.error.reason === 'full' ? UNKEPT_FULL : UNKEPT) }}
          />
        )}
        {leftOut.length > 0 && (
          <details>
            <summary>{t('{count, plural, one {# picture} other {# pictures}} gave no face', { count: leftOut.length })}</summary>
            <LeftOutList leftOut={leftOut} most={LISTED} />
          </details>
        )}
        <div className={styles['actions']}>
          <Button variant="primary" onPress={() => goTo('lab', 'evaluate')}>
            {t('Judge a model on it')}
          </Button>
          <Button onPress={() => goTo('lab', 'teach')}>{t('Teach with it')}</Button>
          <Button onPress={onTake}>{t('Add from the camera')}</Button>
          <Button variant="quiet" onPress={() => dataSession.remove()}>
            {t('Remove')}
          </Button>
        </div>
      </section>
      <FaceEditor data={data} />
    </div>
  );
}

const LISTED = 200;

const KEPT_WORDS = { none: msg('in this tab'), keeping: msg('saving…'), kept: msg('kept in this browser'), failed: msg('in this tab only') } as const;

const UNKEPT_FULL = msg('The faces are in this tab only: they can be used, and go when it is closed. Make room, and choose them again to keep them.');
const UNKEPT = msg('The faces are in this tab only: they can be used, and go when it is closed. Private windows and strict settings forbid keeping them.');
