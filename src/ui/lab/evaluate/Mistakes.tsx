import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { answerTo } from '../../../lab/metrics/answers';
import { classWord } from '../../../words/class-word';
import { formatShare } from '../../../words/format';
import { FaceGrid } from '../FaceGrid';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** As many as fit on a page. */
const MOST = 24;

/** A model's most confident mistakes: wrong labels as often as wrong answers. */
export function Mistakes({ result, judgement: { answers } }: { readonly result: EvaluationResult; readonly judgement: Judgement }) {
  const mistakes = result.faces
    .map((face, at) => ({ face, label: answers.labels[at] ?? 0, ...answerTo(answers, at) }))
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST);
  if (mistakes.length === 0) return null;
  return (
    <div className={styles['card']}>
      <h3>{t('Its most confident mistakes')}</h3>
      <FaceGrid
        label={t('Most confident mistakes')}
        data={result.data}
        faces={mistakes.map(({ face }) => face)}
        describe={(_, i) => {
          const own = mistakes[i];
          return own ? t('{name}, named {answer} {share}', { name: classWord(answers.classes[own.label] ?? ''), answer: classWord(answers.classes[own.predicted] ?? ''), share: formatShare(own.confidence) }) : '';
        }}
      />
    </div>
  );
}
