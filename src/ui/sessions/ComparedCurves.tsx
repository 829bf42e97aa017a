import { Chart, LinearScale, LineElement, PointElement, ScatterController } from 'chart.js';
import { Scatter } from 'react-chartjs-2';
import { comparedPoints } from '../../app/results/compared-points';
import { paintSign } from '../../app/results/paint-sign';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import { summaryTells } from '../../session/statistics';
import { expressionColor, expressionWord } from '../../words/expression-style';
import { formatClock, formatPercent } from '../../words/format';
import { useChartColors } from '../use-chart-colors';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import styles from './CompareSessions.module.css';
import type { Side } from './use-compare-side';

// No plugins: registration is global, so they would draw in every chart of the page.
Chart.register(ScatterController, PointElement, LineElement, LinearScale);

/** Signs on a curve: points between two signs, offset from one expression's to the next one's, and size in CSS pixels. */
const SIGN = { every: 49, shift: 7, px: 14 };

interface Props {
  readonly sides: readonly [Side, Side];
  readonly shown: ReadonlySet<Expression>;
}

/** The curves of two sessions in one chart: solid for the first, dashed for the second, in the expressions' colours. */
export function ComparedCurves({ sides, shown }: Props) {
  const { scheme, signs, key, text, grid } = useChartColors();
  const datasets = sides.flatMap((side, i) =>
    EXPRESSIONS.filter((e) => shown.has(e)).map((e) => {
      const color = expressionColor(e, scheme);
      return {
        label: `${side.session.info.name} ${e}`,
        data: pointsOf(side, EXPRESSIONS.indexOf(e)),
        ...{ showLine: true, borderWidth: 2, borderColor: color, backgroundColor: color },
        // Dashes distinguish the sessions, signs the expressions.
        borderDash: i === 0 ? [] : [6, 4],
        ...(signs ? { pointStyle: signPicture(e, color), pointRadius: ({ dataIndex }: { dataIndex: number }) => (dataIndex % SIGN.every === SIGN.shift * EXPRESSIONS.indexOf(e) ? 6 : 0) } : { pointRadius: 0 }),
      };
    }),
  );
  return (
    <div className={styles['chart']}>
      <Scatter
        key={key}
        role="img"
        aria-label={t('Curves of {expressions}: solid {one}, dashed {other}', {
          expressions: EXPRESSIONS.filter((e) => shown.has(e)).map(expressionWord).join(', '),
          one: sessionName(sides[0].session.info),
          other: sessionName(sides[1].session.info),
        })}
        data={{ datasets }}
        options={{
          ...{ animation: false, maintainAspectRatio: false, events: [], parsing: false },
          scales: {
            x: { title: { display: true, color: text, text: t('Minutes and seconds from zero') }, ticks: { color: text, callback: (value) => wordSeconds(Number(value)) }, grid: { color: grid } },
            y: { title: { display: true, color: text, text: t('Probability') }, min: 0, max: 1, ticks: { color: text, callback: (value) => formatPercent(Number(value), 0) }, grid: { color: grid } },
          },
        }}
      />
    </div>
  );
}

/** An expression's sign as a Chart.js point style. */
function signPicture(expression: Expression, color: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIGN.px;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = color;
  paintSign(context, expression, { x: SIGN.px / 2, y: SIGN.px / 2, px: SIGN.px - 2 });
  return canvas;
}

function pointsOf({ view, person, whole, zeroMs }: Side, expression: number): { x: number; y: number }[] {
  const series = person && summaryTells(person.summary) ? view.series(person.person) : null;
  return series ? comparedPoints(series, whole, zeroMs, expression) : [];
}

function wordSeconds(seconds: number): string {
  return formatClock(seconds * 1000, Number.isInteger(seconds) ? 0 : 1);
}
