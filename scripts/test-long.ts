/** `npm run test:long`: tests that take minutes, run by the nightly workflow. Ends with the same line as `npm test`. */
import { ensureBrowser } from './find-browser';
import { clearReports, finish, playwright, script, vitest } from './test-steps';

clearReports();
const counts = [await script('build'), await script('build:lib')];
if (counts.every(({ failed }) => failed === 0)) {
  ensureBrowser();
  counts.push(await playwright('long'), await vitest('bundlers'));
}
finish(counts);
