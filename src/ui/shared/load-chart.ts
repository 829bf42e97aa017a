let coming: Promise<typeof import('../../app/results/probability-chart')> | null = null;

/** Loads the chart code once. If that fails, the numbers are still shown. */
export function loadChart() {
  coming ??= import('../../app/results/probability-chart');
  coming.catch(() => undefined);
  return coming;
}
