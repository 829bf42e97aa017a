import { useEffect, useId, useState } from 'react';
import { explain, faceOf, methodsOf, type Why, type WhyMethod } from '../../../app/lab/why';
import { MienError } from '../../../engine/errors';
import { EXPRESSIONS, type Expression } from '../../../engine/labels';
import { EXPRESSION_STYLE } from '../../../words/expression-style';
import { formatShare } from '../../../words/format';
import { Dialog } from '../../shared/Dialog';
import { Message } from '../../shared/Message';
import styles from '../lab.module.css';
import { HeatMap } from './HeatMap';

interface Props {
  /** Address of the face's picture, upright, as the model sees it. */
  readonly picture: string;
  readonly label: Expression;
  readonly onClose: () => void;
}

const METHOD_WORDS: Readonly<Record<WhyMethod, string>> = { activation: 'Where the network sees it', covering: 'What changes when a part is covered' };

/** Where in a face an expression is seen. */
export default function WhyDialog({ picture, label, onClose }: Props) {
  const methods = methodsOf();
  const [method, setMethod] = useState<WhyMethod>(methods[0] ?? 'covering');
  const [expression, setExpression] = useState(label);
  const [opacity, setOpacity] = useState(0.6);
  const [place, setPlace] = useState<number | null>(null);
  const [answer, setAnswer] = useState<{ readonly method: WhyMethod; readonly why: Why | MienError } | null>(null);
  const [methodId, expressionId, opacityId] = [useId(), useId(), useId()];

  useEffect(() => {
    let wanted = true;
    const run = async () => explain(await faceOf(picture), method);
    run().then(
      (why) => wanted && setAnswer({ method, why }),
      (error: unknown) => wanted && setAnswer({ method, why: MienError.from(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [picture, method]);

  const why = answer?.method === method ? answer.why : null;
  const k = EXPRESSIONS.indexOf(expression);
  const shown = why && !(why instanceof MienError) ? why : null;
  return (
    <Dialog title={`Why “${EXPRESSION_STYLE[label].name}”?`} onClose={onClose}>
      <div className={styles['section']}>
        {why instanceof MienError && <Message error={why} />}
        <HeatMap
          picture={picture}
          side={shown?.side ?? 1}
          evidence={shown?.evidence.subarray(k * shown.side ** 2, (k + 1) * shown.side ** 2) ?? null}
          opacity={opacity}
          onPoint={shown?.shares ? setPlace : null}
        />
        <p role="status" className={styles['hint']}>
          {!why && 'Looking…'}
          {shown && !shown.shares && `Green speaks for ${EXPRESSION_STYLE[expression].name.toLowerCase()}, red against it. Exact for this network, in ${shown.side} × ${shown.side} fields.`}
          {shown?.shares && coverWords(shown.shares, place, k, expression)}
        </p>
        <div className={styles['fields']}>
          {methods.length > 1 && (
            <div className={styles['field']}>
              <label htmlFor={methodId}>Show</label>
              <select id={methodId} value={method} onChange={({ target }) => setMethod(methods.find((each) => each === target.value) ?? method)}>
                {methods.map((each) => (
                  <option key={each} value={each}>
                    {METHOD_WORDS[each]}
                  </option>
                ))}
              </select>
            </div>
          )}
          <div className={styles['field']}>
            <label htmlFor={expressionId}>Of</label>
            <select id={expressionId} value={expression} onChange={({ target }) => setExpression(EXPRESSIONS.find((each) => each === target.value) ?? expression)}>
              {EXPRESSIONS.map((each) => (
                <option key={each} value={each}>
                  {EXPRESSION_STYLE[each].name}
                </option>
              ))}
            </select>
          </div>
          <div className={styles['field']}>
            <label htmlFor={opacityId}>Opacity</label>
            <input id={opacityId} type="range" min={0} max={1} step={0.05} value={opacity} onChange={({ target }) => setOpacity(target.valueAsNumber)} />
          </div>
        </div>
        <p className={styles['hint']}>It shows what the network goes by, not what the person feels.</p>
      </div>
    </Dialog>
  );
}

function coverWords(shares: Float32Array, place: number | null, k: number, expression: Expression): string {
  const name = EXPRESSION_STYLE[expression].name.toLowerCase();
  const before = formatShare(shares[k] ?? 0);
  if (place === null) return `Green: covering it lowers ${name} (now ${before}); red: covering it raises it. Point at a part to cover it.`;
  return `With this part covered, ${name} goes from ${before} to ${formatShare(shares[(place + 1) * EXPRESSIONS.length + k] ?? 0)}.`;
}
