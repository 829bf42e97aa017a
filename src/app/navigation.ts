export const PLACES = ['read', 'live', 'library', 'lab'] as const;
export type PlaceName = (typeof PLACES)[number];

/** Where the user is in the app: `#/library/4f1c` is the place "library" with the path ["4f1c"]. */
export interface Place {
  readonly name: PlaceName;
  readonly path: readonly string[];
}

const START: Place = { name: 'read', path: [] };

/** Addresses of the first version's tabs. */
const FORMER: Readonly<Record<string, string>> = { photo: '#/read/photos', video: '#/read/videos', webcam: '#/live', sessions: '#/library' };

/** The place that an address names; the start for one that names none. */
export function parsePlace(hash: string): Place {
  const [name = '', ...path] = hash.replace(/^#\/?/, '').split('/').filter((part) => part !== '').map(decode);
  const known = PLACES.find((place) => place === name);
  if (known) return { name: known, path };
  const successor = FORMER[name];
  return successor === undefined ? START : parsePlace(successor);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place, for a link. */
export function hrefOf(name: PlaceName, ...path: readonly string[]): string {
  return `#/${[name, ...path].map(encodeURIComponent).join('/')}`;
}

/** Calls back at every change, until the returned function is called. */
export function watchPlace(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

let latest: { readonly hash: string; readonly place: Place } | null = null;

/** The card of the model, which opens over the place that is shown. */
export const ABOUT_HREF = '#/about';

export function isAboutOpen(): boolean {
  return location.hash === ABOUT_HREF;
}

/** Back to the place that the card covers. */
export function closeAbout(): void {
  if (latest) replacePlace(latest.place.name, ...latest.place.path);
  else replacePlace(START.name);
}

/** The same object for as long as the address stays; under the model's card, the place that it covers. */
export function currentPlace(): Place {
  if (isAboutOpen()) return latest?.place ?? START;
  const { hash } = location;
  if (latest?.hash !== hash) latest = { hash, place: parsePlace(hash) };
  return latest.place;
}

/** Goes to a place as a link does: the browser's Back leads here again. */
export function goTo(name: PlaceName, ...path: readonly string[]): void {
  location.hash = hrefOf(name, ...path);
}

/** Shows another place in the stead of this one, to which Back does not lead again. */
export function replacePlace(name: PlaceName, ...path: readonly string[]): void {
  history.replaceState(history.state, '', hrefOf(name, ...path));
  // Browsers fire it for links only.
  dispatchEvent(new HashChangeEvent('hashchange'));
}
