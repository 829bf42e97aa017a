export const loadReadPlace = () => import('./read/ReadPlace');
/**
 * The usual first place, asked for beside what shows it: asked for when that had run, its files came a second later on a slow network, which
 * stood still meanwhile. The App says so where they do not come.
 */
export const readPlace = loadReadPlace();
readPlace.catch(() => undefined);
