import type { ComponentType } from 'react';
import { currentPlace, type PlaceName } from '../app/navigation';

type Place = Promise<{ readonly default: ComponentType }>;

export const LOAD_PLACE: Readonly<Record<PlaceName, () => Place>> = {
  read: () => import('./read/ReadPlace'),
  live: () => import('./webcam/WebcamTab'),
  library: () => import('./sessions/SessionsTab'),
  lab: () => import('./lab/LabPlace'),
};

const first = currentPlace().name;

/**
 * The place that the address names, asked for beside what shows it: asked for when that had run, its files came a second later on a slow
 * network, which stood still meanwhile. The App says so where they do not come.
 */
export const firstPlace = LOAD_PLACE[first]();
firstPlace.catch(() => undefined);

/** The fetch of this place's files that is under way from the start. */
export function early(name: PlaceName): Place | undefined {
  return name === first ? firstPlace : undefined;
}
