import type { ComponentType } from 'react';
import { nameIn } from '../../app/files/file-path';
import type { Marked } from '../../app/files/grid-selection';
import { useLanguage } from '../use-language';
import { AlertIcon } from './icons';
import { WindowedGrid, type OptionProps, type TileProps } from './WindowedGrid';
import styles from './ThumbnailGrid.module.css';

interface Props<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Renders a `Thumbnail` of an item. */
  readonly Tile: ComponentType<TileProps<T>>;
  /** May start with the file's folders. */
  readonly pathOf: (item: T) => string;
  readonly selectedId: number | null;
  readonly onSelect: (id: number) => void;
  /** Also called when a press selects a single item to view. */
  readonly onPick?: () => void;
  /** Selects several at once: Shift, Ctrl, Ctrl+A, or long press. Default: one at a time. */
  readonly marking?: Marking;
}

export interface Marking {
  readonly marked: ReadonlySet<number>;
  readonly onMark: (ids: ReadonlySet<number>) => void;
  /** On Delete or Backspace. */
  readonly onDelete: () => void;
}

/** Thumbnails of all files; selecting one opens it. */
export function ThumbnailGrid<T extends { readonly id: number }>({ label, items, Tile, pathOf, selectedId, onSelect, onPick, marking }: Props<T>) {
  const onMark = ({ ids, shows }: Marked, by: 'key' | 'press' | 'marking') => {
    marking?.onMark(new Set(ids));
    if (shows !== null && shows !== selectedId) onSelect(shows);
    if (by === 'press') onPick?.();
  };
  const inFolders = items.some((item) => pathOf(item).includes('/'));
  return (
    <WindowedGrid
      label={label}
      items={items}
      Tile={Tile}
      detailOf={itself}
      nameOf={(item) => nameIn(pathOf(item))}
      marked={marking?.marked ?? new Set(selectedId === null ? [] : [selectedId])}
      selectedId={selectedId}
      marks={marking ? 'several' : 'one'}
      onMark={onMark}
      {...(marking && { onDelete: marking.onDelete })}
      className={`${styles['grid'] ?? ''} ${inFolders ? (styles['folders'] ?? '') : ''}`}
      frame={styles['frame'] ?? ''}
    />
  );
}

interface ThumbnailProps {
  /** May start with the file's folders. */
  readonly name: string;
  /** URL of the thumbnail; null until it is ready. */
  readonly picture: string | null;
  /** A short status text. */
  readonly summarize: () => string;
  readonly failed: boolean;
  readonly option: OptionProps;
}

/** One file's tile in the grid. */
export function Thumbnail({ name, picture, summarize, failed, option }: ThumbnailProps) {
  // Renders again after a change of language.
  useLanguage();
  const summary = summarize();
  const file = nameIn(name);
  const folder = name.slice(0, name.length - file.length);
  return (
    <div {...option} className={styles['cell'] ?? ''} aria-label={`${name}: ${summary}`} {...(failed && { 'data-status': 'failed' })}>
      {picture ? <img src={picture} alt="" draggable={false} /> : <span className={styles['blank']}>{failed && <AlertIcon />}</span>}
      <span className={styles['name']} title={name}>
        {folder !== '' && (
          <span className={styles['folder']}>
            <bdi>{folder}</bdi>
          </span>
        )}
        <bdi className={styles['file']}>{file}</bdi>
      </span>
      <span className={styles['summary']}>{summary}</span>
    </div>
  );
}

function itself<T>(item: T): T {
  return item;
}
