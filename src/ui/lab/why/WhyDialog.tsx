import { useEffect, useId, useMemo, useState } from 'react';
import { explain, faceOf, methodsOf, type Why, type WhyMethod } from '../../../app/lab/why';
import { MienError } from '../../../engine/errors';
import { EXPRESSIONS, type Expression } from '../../../engine/labels';
import { expressionName, expressionWord } from '../../../words/expression-style';
import { formatPercent, formatShare } from '../../../words/format';
import { Dialog } from '../../shared/Dialog';
import { Message } from '../../shared/Message';
import { type Phrase, msg, t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { HeatMap } from './HeatMap';
import own from './heat.module.css';

interface Props {
  /** URL of the face's picture, upright, as the model sees it. */
  readonly picture: string;
  readonly label: Expression;
  readonly onClose: () => void;
}

const METHOD_WORDS: Readonly<Record<WhyMethod, Phrase>> = { activation: msg('Where the network looks'), covering: msg('What changes when a part is covered') };

/** Shows where in a face an expression is seen. */
export default function WhyDialog({ picture, label, onClose }: Props) {
  const methods = methodsOf();
  const [method, setMethod] = useState<WhyMethod>(methods[0] ?? 'covering');
  const [expression, setExpression] = useState(label);
  const [opacity, setOpacity] = useState(0.6);
  const [place, setPlace] = useState<number | null>(null);
  const [answer, setAnswer] = useState<{ readonly method: WhyMethod; readonly why: Why | MienError | number } | null>(null);
  const [methodId, expressionId, opacityId] = [useId(), useId(), useId()];

  useEffect(() => {
    const work = new AbortController();
    const { signal } = work;
    const tell = (why: Why | MienError | number) => !signal.aborted && setAnswer({ method, why });
    const run = async () => explain(await faceOf(picture), method, signal, tell);
    run().then(tell, (error: unknown) => tell(MienError.from(error)));
    // Closing the dialog cancels.
    return () => work.abort();
  }, [picture, method]);

  /** A number is the completed share. */
  const why = answer?.method === method ? answer.why : 0;
  const k = EXPRESSIONS.indexOf(expression);
  const shown = typeof why === 'number' || why instanceof MienError ? null : why;
  // The live view re-renders several times a second.
  const evidence = useMemo(() => shown?.evidence.subarray(k * shown.side ** 2, (k + 1) * shown.side ** 2) ?? null, [shown, k]);
  return (
    <Dialog title={t('Why “{expression}”?', { expression: expressionName(label) })} onClose={onClose}>
      <div className={styles['section']}>
        {why instanceof MienError && <Message error={why} />}
        <HeatMap
          side={shown?.side ?? 1}
          evidence={evidence}
          opacity={opacity}
          covering={shown?.shares ? { place, onPlace: setPlace } : null}
        >
          <img src={picture} alt={t('The face as the network sees it')} />
        </HeatMap>
        {shown?.shares && (
          <p className={styles['hint']}>
            {t('Green: covering it lowers {expression} (now {before}); red: covering it raises it. Point at a part to cover it, or move there with the arrow keys.', { expression: expressionWord(expression), before: formatShare(shown.shares[k] ?? 0) })}
          </p>
        )}
        {/* The same height with or without an answer, so that the face does not move from under the pointer that covers a part of it. */}
        <p role="status" className={`${styles['hint']} ${own['answer']}`}>
          {typeof why === 'number' && (why === 0 ? t('Looking…') : t('Covering one part after the other: {share}', { share: formatPercent(why, 0) }))}
          {shown && !shown.shares && t('Green speaks for {expression}, red against it. Exact for this network, in {side} × {side} fields.', { expression: expressionWord(expression), side: shown.side })}
          {shown?.shares && coverWords(shown.shares, place, k, expression)}
        </p>
        <div className={styles['fields']}>
          {methods.length > 1 && (
            <div className={styles['field']}>
              <label htmlFor={methodId}>{t('Show')}</label>
              <select id={methodId} value={method} onChange={({ target }) => setMethod(methods.find((each) => each === target.value) ?? method)}>
                {methods.map((each) => (
                  <option key={each} value={each}>
                    {t(METHOD_WORDS[each])}
                  </option>
                ))}
              </select>
            </div>
          )}
          <div className={styles['field']}>
            <label htmlFor={expressionId}>{t('Expression')}</label>
            <select id={expressionId} value={expression} onChange={({ target }) => setExpression(EXPRESSIONS.find((each) => each === target.value) ?? expression)}>
              {EXPRESSIONS.map((each) => (
                <option key={each} value={each}>
                  {expressionName(each)}
                </option>
              ))}
            </select>
          </div>
          <div className={styles['field']}>
            <label htmlFor={opacityId}>{t('Opacity')}</label>
            <input id={opacityId} type="range" min={0} max={1} step={0.05} value={opacity} onChange={({ target }) => setOpacity(target.valueAsNumber)} />
          </div>
        </div>
        <p className={styles['hint']}>{t('It shows what the network goes by, not what the person feels.')}</p>
      </div>
    </Dialog>
  );
}

function coverWords(shares: Float32Array, place: number | null, k: number, expression: Expression): string | null {
  if (place === null) return null;
  const name = expressionWord(expression);
  const before = formatShare(shares[k] ?? 0);
  return t('With this part covered, {expression} goes from {before} to {after}.', { expression: name, before, after: formatShare(shares[(place + 1) * EXPRESSIONS.length + k] ?? 0) });
}
