import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import { EXPRESSIONS, type Probabilities } from '../../engine/labels';
import { expressionColor, type ColorScheme } from '../../words/expression-style';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** Seven horizontal bars from 0 to 1, without text, which the page shows next to the canvas. */
export class ProbabilityChart {
  private readonly chart: Chart<'bar', number[], string>;
  private scheme: ColorScheme;

  constructor(canvas: HTMLCanvasElement, probabilities: Probabilities, scheme: ColorScheme) {
    this.scheme = scheme;
    this.chart = new Chart(canvas, {
      type: 'bar',
      data: {
        labels: EXPRESSIONS.map((e) => e),
        datasets: [
          {
            data: EXPRESSIONS.map((e) => probabilities[e]),
            backgroundColor: EXPRESSIONS.map((e) => expressionColor(e, scheme)),
            barPercentage: 1,
            categoryPercentage: 0.46,
            borderRadius: 3,
            minBarLength: 2,
          },
        ],
      },
      options: {
        indexAxis: 'y',
        // The live view redraws many times a second, so the data itself animates the bars.
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: 0 },
        // Disables ticks as well: a hidden axis still measures them, which takes tens of milliseconds.
        scales: { x: { display: false, min: 0, max: 1, ticks: { display: false } }, y: { display: false, ticks: { display: false } } },
      },
    });
  }

  draw(probabilities: Probabilities, scheme: ColorScheme): void {
    const bars = this.chart.data.datasets[0];
    if (!bars) return;
    bars.data = EXPRESSIONS.map((e) => probabilities[e]);
    if (scheme !== this.scheme) {
      bars.backgroundColor = EXPRESSIONS.map((e) => expressionColor(e, scheme));
      this.scheme = scheme;
    }
    this.chart.update('none');
  }

  destroy(): void {
    this.chart.destroy();
  }
}
