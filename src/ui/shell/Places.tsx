import type { ComponentType } from 'react';
import { hrefOf, PLACES, type PlaceName } from '../../app/navigation';
import { CameraIcon, LabIcon, LibraryIcon, PhotoIcon } from '../shared/icons';
import styles from './Places.module.css';

const SHOWN: Readonly<Record<PlaceName, { readonly name: string; readonly Icon: ComponentType }>> = {
  read: { name: 'Read', Icon: PhotoIcon },
  live: { name: 'Live', Icon: CameraIcon },
  library: { name: 'Library', Icon: LibraryIcon },
  lab: { name: 'Lab', Icon: LabIcon },
};

/** The way between the places: in the header, on phones a bar at the bottom. */
export function Places({ current }: { readonly current: PlaceName }) {
  return (
    <nav className={styles['places']} aria-label="Places">
      {PLACES.map((place) => {
        const { name, Icon } = SHOWN[place];
        return (
          <a key={place} href={hrefOf(place)} aria-current={place === current ? 'page' : undefined}>
            <Icon />
            {name}
          </a>
        );
      })}
    </nav>
  );
}
