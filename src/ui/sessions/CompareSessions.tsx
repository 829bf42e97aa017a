import { useState } from 'react';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import type { LoadedSession, SessionArchive } from '../../session/session-archive';
import { goTo, hrefOf } from '../../app/navigation';
import { EXPRESSION_STYLE } from '../../words/expression-style';
import { formatClock, formatCount, formatNumber, formatPercent } from '../../words/format';
import { expressionFill } from '../expression-style';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { TableFrame } from '../shared/TableFrame';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import styles from './CompareSessions.module.css';
import { ComparedCurves } from './ComparedCurves';
import { BackIcon } from './icons';
import { useCompareSide, type Side } from './use-compare-side';
import { useLoadedSession } from './use-loaded-session';

/** Most markers offered as zero: thousands of options would block the page. */
const MOST_ZEROS = 500;

interface Props {
  readonly archive: SessionArchive;
  readonly ids: readonly [string, string];
}

/** Compares two sessions: the curves of one person of each, aligned at the start or at a marker, and their statistics. */
export function CompareSessions({ archive, ids: [first, second] }: Props) {
  const states = [useLoadedSession(archive, first), useLoadedSession(archive, second)] as const;
  const failed = states.find((state) => state.status === 'failed');
  const [one, other] = states;
  return (
    <>
      <Button variant="quiet" onPress={() => goTo('library')}>
        <BackIcon />
        {t('All sessions')}
      </Button>
      {failed && (
        <Message error={failed.error}>
          <Button onPress={failed.retry}>{t('Try again')}</Button>
        </Message>
      )}
      {!failed && one.status === 'ready' && other.status === 'ready' ? <Compared one={one.session} other={other.session} /> : !failed && <p role="status">{t('Reading both sessions…')}</p>}
    </>
  );
}

function Compared({ one, other }: { readonly one: LoadedSession; readonly other: LoadedSession }) {
  const sides = [useCompareSide(one), useCompareSide(other)] as const;
  const [chosen, setChosen] = useState<ReadonlySet<Expression> | null>(null);
  const [a, b] = sides;
  const shown = chosen ?? strongest(sides);
  return (
    <div className={styles['compare']}>
      <h3 className="visually-hidden">{t('Comparison')}</h3>
      <div className={styles['sides']}>
        <SideTools side={a} mark="solid" />
        <SideTools side={b} mark="dashed" />
      </div>
      <fieldset className={styles['expressions']}>
        <legend className="visually-hidden">{t('Expressions shown')}</legend>
        {EXPRESSIONS.map((e) => (
          <label key={e}>
            <input
              type="checkbox"
              checked={shown.has(e)}
              onChange={({ target }) => setChosen(new Set(EXPRESSIONS.filter((each) => (each === e ? target.checked : shown.has(each)))))}
            />
            <i {...expressionFill(e)} data-curve />
            {t(EXPRESSION_STYLE[e].name)}
          </label>
        ))}
      </fieldset>
      <ComparedCurves sides={sides} shown={shown} />
      <Sums sides={sides} />
    </div>
  );
}

/** The two expressions with the highest sum of both means. */
function strongest([a, b]: readonly [Side, Side]): ReadonlySet<Expression> {
  const meanOf = (e: Expression) => (a.person?.summary.mean[e] ?? 0) + (b.person?.summary.mean[e] ?? 0);
  return new Set(EXPRESSIONS.toSorted((x, y) => meanOf(y) - meanOf(x)).slice(0, 2));
}

function SideTools({ side: { session, people, nameOf, person, pickPerson, whole, zeroMs, pickZero }, mark }: { readonly side: Side; readonly mark: 'solid' | 'dashed' }) {
  const { info } = session;
  return (
    <section className={styles['side']} aria-label={`${mark === 'solid' ? t('Solid') : t('Dashed')}: ${sessionName(info)}`}>
      <h4>
        <span className={styles['line']} data-mark={mark} aria-hidden="true" />
        <a href={hrefOf('library', info.id)}>{sessionName(info)}</a>
      </h4>
      {people.length === 0 ? (
        <p>{t('No expression was read in this session.')}</p>
      ) : (
        <label>
          {t('Curves of')}
          <select value={person?.person ?? ''} onChange={({ target }) => pickPerson(Number(target.value))}>
            {people.map((each) => (
              <option key={each.person} value={each.person}>
                {nameOf(each.person)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('Zero is at')}
        <select value={zeroMs} onChange={({ target }) => pickZero(Number(target.value))}>
          <option value={whole.fromMs}>{t('The start')}</option>
          {info.markers.slice(0, MOST_ZEROS).map(({ atMs, note }, i) => (
            <option key={i} value={atMs}>
              {formatClock(atMs, 1)} {note || t('No note')}
            </option>
          ))}
          {info.markers.length > MOST_ZEROS && (
            <option disabled>{t('{count, plural, one {# later marker is not listed} other {# later markers are not listed}}', { count: info.markers.length - MOST_ZEROS })}</option>
          )}
        </select>
      </label>
    </section>
  );
}

/** Each person's shares of time and the differences between them. */
function Sums({ sides: [a, b] }: { readonly sides: readonly [Side, Side] }) {
  if (!a.person || !b.person) return null;
  const [one, other] = [a.person.summary, b.person.summary];
  return (
    <TableFrame label={t('Shares of time')}>
      <thead>
        <tr>
          <th scope="col">{t('Share of time')}</th>
          <th scope="col">
            {sessionName(a.session.info)}: {a.nameOf(a.person.person)}
          </th>
          <th scope="col">
            {sessionName(b.session.info)}: {b.nameOf(b.person.person)}
          </th>
          <th scope="col">{t('Difference, points')}</th>
        </tr>
      </thead>
      <tbody>
        {[...EXPRESSIONS, 'uncertain' as const].map((e) => {
          const [x, y] = e === 'uncertain' ? [one.uncertainShare, other.uncertainShare] : [one.share[e], other.share[e]];
          return (
            <tr key={e}>
              <th scope="row">{e === 'uncertain' ? t('Uncertain') : t(EXPRESSION_STYLE[e].name)}</th>
              <td>{formatPercent(x, 1)}</td>
              <td>{formatPercent(y, 1)}</td>
              <td>{formatNumber(100 * (y - x), { decimals: 1, signed: true })}</td>
            </tr>
          );
        })}
        <tr>
          <th scope="row">{t('Seen')}</th>
          <td>{formatClock(one.seenMs, 1)}</td>
          <td>{formatClock(other.seenMs, 1)}</td>
          <td />
        </tr>
        <tr>
          <th scope="row">{t('Frames')}</th>
          <td>{formatCount(one.observations)}</td>
          <td>{formatCount(other.observations)}</td>
          <td />
        </tr>
        <tr>
          <th scope="row">{t('Seconds between frames')}</th>
          <td>{formatNumber(a.intervalMs / 1000, { decimals: 2 })}</td>
          <td>{formatNumber(b.intervalMs / 1000, { decimals: 2 })}</td>
          <td />
        </tr>
      </tbody>
    </TableFrame>
  );
}
