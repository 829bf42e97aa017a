/** `npm test`: runs everything except `npm run test:long`; ends with one line that summarises unit, browser and training tests. */
import { ensureBrowser } from './find-browser';
import type { Count } from './test-counts';
import { clearReports, finish, playwright, script, trainingTests, vitest } from './test-steps';

clearReports();

// Concurrently: each keeps about one core busy, and most need no build.
const checks = inOrder(() => script('types'), () => script('lint'));
const unit = vitest('unit');
const builds = inOrder(() => script('build'), () => script('build:lib'));
const training = trainingTests();
const built = (await builds).every(({ failed }) => failed === 0);

if (built) {
  const browser = ensureBrowser();
  console.log(`\nBrowser tests use ${browser.executablePath} (${browser.origin}).`);
}
// Vitest's single page leaves a core for running steps; Playwright's three workers leave none.
const inPage = built ? inOrder(() => script('size'), () => vitest('browser')) : Promise.resolve([]);
const counts = (await Promise.all([checks, builds, unit, training])).flat();
if (built) counts.push(await playwright('chromium'));
else console.log('\nThe browser tests were left out: a build failed.');
finish([...counts, ...(await inPage)]);

async function inOrder<T extends readonly (() => Promise<Count>)[]>(...steps: T): Promise<{ [K in keyof T]: Count }> {
  const done: Count[] = [];
  for (const step of steps) done.push(await step());
  return done as { [K in keyof T]: Count };
}
