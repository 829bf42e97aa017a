import type { ComponentType } from 'react';
import { hrefOf, PLACES, type PlaceName } from '../../app/navigation';
import { CameraIcon, LabIcon, LibraryIcon, PhotoIcon } from '../shared/icons';
import { type Phrase, msg, t } from '../../words/i18n';
import styles from './Places.module.css';

const SHOWN: Readonly<Record<PlaceName, { readonly name: Phrase; readonly Icon: ComponentType }>> = {
  read: { name: msg('Read'), Icon: PhotoIcon },
  live: { name: msg('Live'), Icon: CameraIcon },
  library: { name: msg('Library'), Icon: LibraryIcon },
  lab: { name: msg('Lab'), Icon: LabIcon },
};

/** Navigation between the places: in the header, or in a bar at the bottom on phones. */
export function Places({ current }: { readonly current: PlaceName }) {
  return (
    <nav className={styles['places']} aria-label={t('Places')}>
      {PLACES.map((place) => {
        const { name, Icon } = SHOWN[place];
        return (
          <a key={place} href={hrefOf(place)} aria-current={place === current ? 'page' : undefined}>
            <Icon />
            {t(name)}
          </a>
        );
      })}
    </nav>
  );
}
