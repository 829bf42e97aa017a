/** `npm test`: everything but `npm run test:long`; ends with one line that sums up unit, browser and training tests. */
import { ensureBrowser } from './find-browser';
import type { Count } from './test-counts';
import { clearReports, finish, playwright, script, trainingTests, vitest } from './test-steps';

clearReports();

// Type checking and lint keep one core busy, the builds and unit tests the other.
const [[types, lint], [build, library, unit]] = await Promise.all([
  inOrder(() => script('types'), () => script('lint')),
  inOrder(() => script('build'), () => script('build:lib'), () => vitest('unit')),
]);
const counts = [types, lint, build, library, unit];

if (build.failed + library.failed === 0) {
  const browser = ensureBrowser();
  console.log(`\nBrowser tests use ${browser.executablePath} (${browser.origin}).`);
  // Their one page leaves a core to Python; Playwright's two workers leave none.
  counts.push(...(await Promise.all([script('size'), vitest('browser'), trainingTests()])), await playwright('chromium'));
} else {
  console.log('\nThe browser tests were left out: a build failed.');
  counts.push(await trainingTests());
}
finish(counts);

async function inOrder<T extends readonly (() => Promise<Count>)[]>(...steps: T): Promise<{ [K in keyof T]: Count }> {
  const done: Count[] = [];
  for (const step of steps) done.push(await step());
  return done as { [K in keyof T]: Count };
}
