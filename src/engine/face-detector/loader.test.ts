import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importLoader } from './loader';

const script = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
/** A browser's error of an import whose script could not be fetched; Node's errors differ. */
const NOT_FETCHED = script("throw new TypeError('Failed to fetch dynamically imported module')");

const PRESENT = () => Promise.resolve(new Response('a script'));
const MISSING = () => Promise.resolve(new Response('', { status: 404 }));
const CUT_OFF = () => Promise.reject(new TypeError('Failed to fetch'));

/** Where browsers report violations of the page's policy. */
let realm: EventTarget;

/** Answers the request after a failed import, and records requests. */
function serve(answer: () => Promise<Response>): [url: string, cache: RequestCache][] {
  const asked: [string, RequestCache][] = [];
  vi.stubGlobal('fetch', (url: string, { cache }: { cache: RequestCache }) => {
    asked.push([url, cache]);
    return answer();
  });
  return asked;
}

function tellRefusal(blockedURI: string): void {
  realm.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI }));
}

beforeEach(() => {
  realm = new EventTarget();
  vi.stubGlobal('addEventListener', realm.addEventListener.bind(realm));
  vi.stubGlobal('removeEventListener', realm.removeEventListener.bind(realm));
});

afterEach(() => vi.unstubAllGlobals());

describe('importLoader', () => {
  it('returns the factory, with no further request', async () => {
    const asked = serve(PRESENT);
    expect(await (await importLoader(script('export default async () => 7')))({})).toBe(7);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a connection that broke', NOT_FETCHED, PRESENT, 'model', 'network'],
    ['no connection at all', NOT_FETCHED, CUT_OFF, 'model', 'network'],
    ['a file that is missing', NOT_FETCHED, MISSING, 'model', 'not-found'],
    ['a file that is cut short', script('export default async () => {'), PRESENT, 'model', 'corrupt'],
    ['a file that runs wrong', script('nowhere.to.be.found'), PRESENT, 'model', 'corrupt'],
  ] as const)('tells %s, and fetches it past the cache', async (_, url, answer, kind, reason) => {
    const asked = serve(answer);
    await expect(importLoader(url)).rejects.toMatchObject({ kind, reason });
    expect(asked).toEqual([[url, 'reload']]);
  });

  it.each([
    ['may be fetched all the same', PRESENT],
    ['may not be fetched either', CUT_OFF],
  ])('tells a script that the policy refuses, where it %s', async (_, answer) => {
    serve(() => {
      // As late as possible: after the import has failed.
      tellRefusal(NOT_FETCHED);
      return answer();
    });
    await expect(importLoader(NOT_FETCHED)).rejects.toMatchObject({ kind: 'engine', reason: 'worker-blocked' });
  });

  it('ignores refusals of other files, and stops listening when it settles', async () => {
    serve(() => {
      tellRefusal('https://elsewhere.invalid/');
      return PRESENT();
    });
    await expect(importLoader(NOT_FETCHED)).rejects.toMatchObject({ kind: 'model', reason: 'network' });
    expect(getEventListeners(realm, 'securitypolicyviolation')).toEqual([]);
  });
});
