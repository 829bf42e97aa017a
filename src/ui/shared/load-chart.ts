let coming: Promise<typeof import('../../app/results/probability-chart')> | null = null;

/** What draws the bars, fetched once. Where its file does not arrive, the numbers are there without it. */
export function loadChart() {
  coming ??= import('../../app/results/probability-chart');
  coming.catch(() => undefined);
  return coming;
}
