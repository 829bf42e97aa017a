import { paperRows } from '../../app/library/paper-rows';
import type { ReportedPerson, SessionReport } from '../../app/library/session-report';
import { EXPRESSIONS } from '../../engine/labels';
import { sensitivitiesOf } from '../../session/reading-account';
import { summaryTells } from '../../session/statistics';
import { expressionName } from '../../words/expression-style';
import { formatClock, formatDuration, formatShare } from '../../words/format';
import { describeSession, sessionName } from '../../words/session';
import { t } from '../../words/i18n';
import { wordNoExpressions } from '../../words/uncertain';
import { BlobPicture } from '../shared/BlobPicture';
import { Breakable } from '../shared/Breakable';
import { ReadBy } from '../shared/ReadBy';
import { peopleIn } from './people-in';
import paper from '../shared/Paper.module.css';
import styles from './PrintedSessions.module.css';
import { wordFirstOnPaper } from './use-first-rows';

/** A printed report of several sessions: a page for each, with everyone's statistics and the curves of the first people. */
export function PrintedSessions({ reports }: { readonly reports: readonly SessionReport[] }) {
  return (
    <div className={styles['reports']} aria-hidden="true">
      {reports.map(({ info, people }) => (
        <section key={info.id}>
          <header>
            <div>
              <h2>
                <Breakable name={sessionName(info)} />
              </h2>
              <p>{describeSession(info, peopleIn(info))}</p>
            </div>
            {info.thumbnail && <BlobPicture blob={info.thumbnail} alt="" className={paper['picture']} />}
          </header>
          {people.length === 0 && <p>{t('No expression was read in this session.')}</p>}
          {people.some(({ person }) => summaryTells(person.summary)) && <SumsTable people={people} />}
          {people.some(({ person }) => !summaryTells(person.summary)) && <p>{wordNoExpressions()}</p>}
          {people.map(({ name, curves }) => curves !== null && <img key={name} src={curves} alt="" data-drawn />)}
          {info.markers.length > 0 && (
            <ul>
              {info.markers.slice(0, paperRows(people.length)).map(({ atMs, note }, i) => (
                <li key={i}>
                  {formatClock(atMs, 1)} {note || t('No note')}
                </li>
              ))}
            </ul>
          )}
          {info.markers.length > paperRows(people.length) && <p>{wordFirstOnPaper(paperRows(people.length), info.markers.length)}</p>}
          <ReadBy model={info.model} sensitivities={sensitivitiesOf(info.reading)} />
        </section>
      ))}
    </div>
  );
}

/** Each person's share of time per expression. */
function SumsTable({ people }: { readonly people: readonly ReportedPerson[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('Share of time')}</th>
          {EXPRESSIONS.map((e) => (
            <th key={e} scope="col">
              {expressionName(e)}
            </th>
          ))}
          <th scope="col">{t('Uncertain')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ name, person: { person, summary } }) => (
          <tr key={person}>
            <th scope="row">
              {name} <span>{t('{duration}, {frames, plural, one {# frame} other {# frames}}', { duration: formatDuration(summary.seenMs), frames: summary.observations })}</span>
            </th>
            {EXPRESSIONS.map((e) => (
              <td key={e}>{formatShare(summary.share[e])}</td>
            ))}
            <td>{formatShare(summary.uncertainShare)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
