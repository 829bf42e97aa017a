/** `npm run test:long`: what takes minutes by its nature; the nightly workflow runs it. Ends with the same line as `npm test`. */
import { ensureBrowser } from './find-browser';
import { clearReports, finish, playwright, script, vitest } from './test-steps';

clearReports();
const counts = [await script('build'), await script('build:lib')];
if (counts.every(({ failed }) => failed === 0)) {
  ensureBrowser();
  counts.push(await playwright('long'), await vitest('bundlers'));
}
finish(counts);
