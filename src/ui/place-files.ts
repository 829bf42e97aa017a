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
 * The place in the URL, fetched in parallel with the interface: fetched after it, its files arrived a second later on a slow network. The App reports
 * failures.
 */
export const firstPlace = LOAD_PLACE[first]();
firstPlace.catch(() => undefined);

/** The initial fetch of a place's files, if it was started. */
export function early(name: PlaceName): Place | undefined {
  return name === first ? firstPlace : undefined;
}
