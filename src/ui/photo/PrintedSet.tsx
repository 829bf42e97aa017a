import { summariseBatch } from '../../app/photo/batch';
import { queueProgress, type Photo } from '../../app/photo/photo-queue';
import { EXPRESSIONS } from '../../engine/labels';
import { wordError } from '../../words/errors';
import { expressionName } from '../../words/expression-style';
import { headlineOf } from '../../words/face';
import { t } from '../../words/i18n';
import { wordProgress } from '../../words/progress';
import { useEngine } from '../engine-context';
import { Breakable } from '../shared/Breakable';
import { ReadBy } from '../shared/ReadBy';
import { useSettings } from '../use-settings';
import { expressionColorVariable } from '../expression-style';
import styles from './PrintedSet.module.css';

/** A printed report of several photos: totals, then one line for each photo. */
export function PrintedSet({ photos }: { readonly photos: readonly Photo[] }) {
  const engine = useEngine();
  const [{ picturesOnPaper }] = useSettings();
  const { faces, named, uncertain } = summariseBatch(photos);
  const most = Math.max(1, uncertain, ...EXPRESSIONS.map((e) => named[e]));
  return (
    <section className={styles['set']} aria-hidden="true">
      <h2>{t('{count, plural, one {# photo} other {# photos}}', { count: photos.length })}</h2>
      <p>
        {wordProgress(queueProgress({ items: photos }))} · {t('{count, plural, one {# face} other {# faces}}', { count: faces })}
      </p>
      <ul className={styles['totals']}>
        {EXPRESSIONS.filter((e) => named[e] > 0).map((e) => (
          <li key={e}>
            <span>{expressionName(e)}</span>
            <i style={{ width: `${(named[e] / most) * 12}rem`, background: expressionColorVariable(e) }} />
            <span>{named[e]}</span>
          </li>
        ))}
        {uncertain > 0 && (
          <li>
            <span>{t('Uncertain')}</span>
            <i className={styles['uncertain']} style={{ width: `${(uncertain / most) * 12}rem` }} />
            <span>{uncertain}</span>
          </li>
        )}
      </ul>
      <table>
        <tbody>
          {photos.map((photo) => (
            <tr key={photo.id}>
              {picturesOnPaper && <td>{photo.thumbnail && <img src={photo.thumbnail.url} alt="" />}</td>}
              <th scope="row">
                <Breakable name={photo.name} />
              </th>
              <td>{wordPhoto(photo)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {engine.status === 'ready' && <ReadBy model={engine.health.model} sensitivities={photos.map(({ state }) => (state.status === 'done' ? state.readBy.sensitivity : null))} />}
    </section>
  );
}

/** Keeps a face's expression and share on one line. */
const NO_BREAK = '\u00a0';

/** A photo's faces, each in a few words. */
function wordPhoto({ state }: Photo): string {
  if (state.status === 'failed') return wordError(state.error).title;
  if (state.status !== 'done') return t('Not read');
  const { faces } = state.result;
  return faces.length === 0 ? t('No face found') : faces.map((face) => headlineOf(face).replaceAll(' ', NO_BREAK)).join(' · ');
}
