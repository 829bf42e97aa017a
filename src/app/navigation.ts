export const PLACES = ['read', 'live', 'library', 'lab'] as const;
export type PlaceName = (typeof PLACES)[number];

/** A place in the app: `#/library/4f1c` is the place "library" with the path ["4f1c"]. */
export interface Place {
  readonly name: PlaceName;
  readonly path: readonly string[];
}

const START: Place = { name: 'read', path: [] };

/** Tab addresses of the first version. */
const FORMER: Readonly<Record<string, string>> = { photo: '#/read/photos', video: '#/read/videos', webcam: '#/live', sessions: '#/library' };

/** Place of an address; the start for unknown ones. */
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

/** Address of a place, for a link. */
export function hrefOf(name: PlaceName, ...path: readonly string[]): string {
  return `#/${[name, ...path].map(encodeURIComponent).join('/')}`;
}

/** Calls back on every change, until the returned function is called. */
export function watchPlace(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

let latest: { readonly hash: string; readonly place: Place } | null = null;

/** Address of the model card, which opens over the current place. */
export const ABOUT_HREF = '#/about';

export function isAboutOpen(): boolean {
  return location.hash === ABOUT_HREF;
}

/** Returns to the place under the card. */
export function closeAbout(): void {
  if (latest) replacePlace(latest.place.name, ...latest.place.path);
  else replacePlace(START.name);
}

/** Returns the same object while the address is unchanged; under the model card, the covered place. */
export function currentPlace(): Place {
  if (isAboutOpen()) return latest?.place ?? START;
  const { hash } = location;
  if (latest?.hash !== hash) latest = { hash, place: parsePlace(hash) };
  return latest.place;
}

/** Navigates like a link: Back returns to the current place. */
export function goTo(name: PlaceName, ...path: readonly string[]): void {
  location.hash = hrefOf(name, ...path);
}

/** Replaces the current place: Back does not return to it. */
export function replacePlace(name: PlaceName, ...path: readonly string[]): void {
  history.replaceState(history.state, '', hrefOf(name, ...path));
  // Browsers fire it only for links.
  dispatchEvent(new HashChangeEvent('hashchange'));
}
