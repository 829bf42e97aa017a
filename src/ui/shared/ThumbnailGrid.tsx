import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { AlertIcon } from './icons';
import styles from './ThumbnailGrid.module.css';

/** One file's tile in the grid. */
interface Thumbnail {
  /** May begin with the folders that it lies in. */
  readonly name: string;
  /** Address of its small picture; null while there is none. */
  readonly picture: string | null;
  /** How it is, in a few words. */
  readonly summary: string;
  readonly failed: boolean;
}

interface Props<T> {
  readonly label: string;
  /** One that is the same as before is not rendered again. */
  readonly items: readonly T[];
  readonly describe: (item: T) => Thumbnail;
  readonly selectedId: number | null;
  readonly onSelect: (id: number) => void;
  /** Several at once: with Shift, Ctrl, Ctrl+A, or a long press. Default: one at a time. */
  readonly marking?: Marking;
}

export interface Marking {
  readonly marked: ReadonlySet<number>;
  readonly onMark: (ids: ReadonlySet<number>) => void;
  /** Of the keys Delete and Backspace. */
  readonly onDelete: () => void;
}

/** All files, small; choosing one shows it whole. */
export function ThumbnailGrid<T extends { readonly id: number }>({ label, items, describe, selectedId, onSelect, marking }: Props<T>) {
  const select = (keys: 'all' | Set<number | string>) => {
    const ids = keys === 'all' ? items.map(({ id }) => id) : [...keys].filter((key) => typeof key === 'number');
    marking?.onMark(new Set(ids));
    const [id] = ids;
    if (id !== undefined && (ids.length === 1 || selectedId === null || !ids.includes(selectedId))) onSelect(id);
  };
  const grid = (
    <ListBox
      className={styles['grid'] ?? ''}
      data-unprinted
      aria-label={label}
      layout="grid"
      items={items}
      selectionMode={marking ? 'multiple' : 'single'}
      selectionBehavior={marking ? 'replace' : 'toggle'}
      disallowEmptySelection
      selectedKeys={marking?.marked ?? (selectedId === null ? [] : [selectedId])}
      onSelectionChange={select}
    >
      {(item) => {
        const { name, picture, summary, failed } = describe(item);
        const fileAt = name.lastIndexOf('/') + 1;
        return (
          <ListBoxItem className={styles['cell'] ?? ''} textValue={`${name}: ${summary}`} {...(failed && { 'data-status': 'failed' })}>
            {picture ? <img src={picture} alt="" /> : <span className={styles['blank']}>{failed && <AlertIcon />}</span>}
            <span className={styles['name']} title={name}>
              {fileAt > 0 && (
                <span className={styles['folder']}>
                  <bdi>{name.slice(0, fileAt)}</bdi>
                </span>
              )}
              <bdi className={styles['file']}>{name.slice(fileAt)}</bdi>
            </span>
            <span className={styles['summary']}>{summary}</span>
          </ListBoxItem>
        );
      }}
    </ListBox>
  );
  if (!marking) return grid;
  return (
    <div
      onKeyDown={({ key }) => {
        if (key === 'Delete' || key === 'Backspace') marking.onDelete();
      }}
    >
      {grid}
    </div>
  );
}
