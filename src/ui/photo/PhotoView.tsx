import { flushSync } from 'react-dom';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { choosePhotos, summariseBatch } from '../../app/photo/batch';
import { recallBatchView, recallPicks, rememberBatchView, WHOLE_BATCH, type BatchView } from '../../app/photo/batch-view';
import { currentPlace } from '../../app/navigation';
import { photoSession } from '../../app/photo/photo-session';
import type { PhotoQueue } from '../../app/photo/photo-queue';
import { AddFiles } from '../read/AddFiles';
import { Button } from '../shared/Button';
import { BatchBar } from './BatchBar';
import { PhotoDetail } from './PhotoDetail';
import { PhotoGrid } from './PhotoGrid';
import { PhotoToolbar } from './PhotoToolbar';
import { PrintedSet } from './PrintedSet';
import { t } from '../../words/i18n';
import styles from './PhotoView.module.css';

const { dispatch } = photoSession;

interface Props {
  readonly queue: PhotoQueue;
  /** Adds files of any kind to the list. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** All photos, and the selected one in full. */
export function PhotoView({ queue, onFiles }: Props) {
  const { items, selectedId, nextId } = queue;
  const [view, setView] = useState(() => recallBatchView(items));
  const [seenId, setSeenId] = useState(nextId);
  if (nextId !== seenId) {
    // Added photos are shown, whatever the current filter.
    setSeenId(nextId);
    setView({ ...WHOLE_BATCH, order: view.order });
  }
  const shown = useMemo(() => (items.length > 1 ? choosePhotos(items, view.filter, view.search, view.order) : items), [items, view]);
  // The photo that was open when a filter left no matches: shown further, it would look like a match.
  const [unwantedId, setUnwanted] = useState<number | null>(null);
  const isUnwanted = shown.length === 0 && selectedId === unwantedId;
  const summary = useMemo(() => summariseBatch(items), [items]);
  // In a separate task after the list: rendered together, they would block the page.
  const detailId = useDeferredValue(isUnwanted ? null : selectedId, null);
  const selected = items.find(({ id }) => id === detailId);
  const index = shown.findIndex(({ id }) => id === detailId);
  const move = (by: -1 | 1) => {
    const next = shown[index + by];
    if (next) dispatch({ type: 'select', id: next.id });
  };
  useArrowKeys(move);
  const searchField = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const changeView = (wanted: BatchView) => {
    setView(wanted);
    const found = choosePhotos(items, wanted.filter, wanted.search, wanted.order);
    setUnwanted(found.length === 0 ? selectedId : null);
    // Later changes of the photo, e.g. "not a face", keep it open, so that they can be undone.
    const [first] = found;
    if (first && !found.some(({ id }) => id === selectedId)) dispatch({ type: 'select', id: first.id });
  };
  const [before] = useState(() => recallPicks(items));
  const [lastMarked, setMarked] = useState<ReadonlySet<number>>(() => new Set(before.marked.flatMap((place) => items[place]?.id ?? [])));
  // Always includes the selected photo.
  const marked = selectedId === null || lastMarked.has(selectedId) ? lastMarked : new Set([selectedId]);
  const several = shown.filter(({ id }) => marked.has(id));
  const subject = several.length > 1 ? several : shown;
  const [one, other] = several;
  const [comparing, setComparing] = useState(before.comparing);
  useEffect(() => {
    const places = new Map(items.map(({ id }, place) => [id, place]));
    const placesOf = (ids: Iterable<number>) => [...ids].flatMap((id) => places.get(id) ?? []);
    rememberBatchView(view, items, { shown: selectedId === null ? null : (places.get(selectedId) ?? null), marked: placesOf(lastMarked), comparing });
  }, [view, items, selectedId, lastMarked, comparing]);
  const [printing, setPrinting] = useState(false);
  const printSet = () => {
    addEventListener('afterprint', () => setPrinting(false), { once: true });
    // The report must be rendered before the browser lays out the printed page.
    flushSync(() => setPrinting(true));
    print();
  };
  const detail = useRef<HTMLDivElement>(null);
  const removeMarked = () => dispatch({ type: 'remove', ids: [...marked] });
  return (
    <>
      <PhotoToolbar queue={queue} shown={subject} marked={several.length > 1} dispatch={dispatch} onPrintSet={printSet}>
        <AddFiles onFiles={onFiles} />
      </PhotoToolbar>
      {items.length > 1 && (
        <>
          <BatchBar summary={summary} view={view} onView={changeView} searchField={searchField} />
          {shown.length === 0 ? (
            <div className={styles['marked']}>
              <p role="status">{t('No photo matches.')}</p>
              <Button
                variant="quiet"
                onPress={() => {
                  changeView({ ...WHOLE_BATCH, order: view.order });
                  // The pressed button disappears.
                  searchField.current?.focus();
                }}
              >
                {t('Show all photos')}
              </Button>
            </div>
          ) : (
            <div ref={grid}>
              <PhotoGrid photos={shown} selectedId={selectedId} dispatch={dispatch} onPick={() => bringUp(detail.current)} marking={{ marked, onMark: setMarked, onDelete: removeMarked }} />
            </div>
          )}
          {several.length > 1 && (
            <div className={styles['marked']} role="group" aria-label={t('What is selected')} data-unprinted>
              <p role="status">{t('{count, plural, one {# photo selected} other {# photos selected}}', { count: several.length })}</p>
              {several.length === 2 && (
                <Button variant="quiet" aria-pressed={comparing} onPress={() => setComparing(!comparing)}>
                  {comparing ? t('Stop comparing') : t('Compare side by side')}
                </Button>
              )}
              <Button variant="quiet" onPress={removeMarked}>
                {t('Remove these {count}', { count: several.length })}
              </Button>
              <Button
                variant="quiet"
                onPress={() => {
                  setMarked(new Set());
                  // The pressed button disappears.
                  grid.current?.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus({ preventScroll: true });
                }}
              >
                {t('Clear the selection')}
              </Button>
            </div>
          )}
        </>
      )}
      {printing && <PrintedSet photos={subject} />}
      <div ref={detail} className={styles['shown']} {...(printing && { 'data-unprinted': true })}>
      {comparing && one && other && several.length === 2 ? (
        <div className={styles['pair']}>
          {[one, other].map((photo) => (
            <PhotoDetail
              key={photo.id}
              photo={photo}
              position={null}
              onRemove={() => dispatch({ type: 'remove', ids: [photo.id] })}
              onFiles={(files) => dispatch({ type: 'replace', id: photo.id, files })}
              onRetry={() => dispatch({ type: 'set-state', id: photo.id, state: { status: 'waiting' } })}
              onCancel={null}
            />
          ))}
        </div>
      ) : selected && (
        <PhotoDetail
          photo={selected}
          position={index < 0 || shown.length === 1 ? null : { number: index + 1, count: shown.length, onMove: move }}
          onRemove={() => dispatch({ type: 'remove', ids: [selected.id] })}
          onFiles={(files) => dispatch({ type: 'replace', id: selected.id, files })}
          onRetry={() => dispatch({ type: 'set-state', id: selected.id, state: { status: 'waiting' } })}
          onCancel={items.length === 1 ? () => dispatch({ type: 'cancel' }) : null}
        />
      )}
      </div>
    </>
  );
}

/** On a phone the picture is below the grid, out of view. */
function bringUp(detail: HTMLElement | null): void {
  if (detail && detail.getBoundingClientRect().top > innerHeight * 0.7) detail.scrollIntoView();
}

/** Elements that use the arrow keys themselves. */
const OWN_ARROWS = 'input, textarea, select, [role="listbox"], [role="slider"], [role="radiogroup"], [role="menu"], [role="dialog"], [contenteditable], [data-enlarged]';

/** The arrow keys towards the start and the end of a line select the previous and next photo, wherever the focus is in the place. */
function useArrowKeys(move: (by: -1 | 1) => void): void {
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  useEffect(() => {
    const onKeyDown = ({ key, target, defaultPrevented, altKey, ctrlKey, metaKey }: KeyboardEvent) => {
      if (defaultPrevented || altKey || ctrlKey || metaKey || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return;
      const element = target instanceof Element ? target : document.body;
      const isRtl = getComputedStyle(element).direction === 'rtl';
      if (currentPlace().name === 'read' && !element.closest(OWN_ARROWS)) latest.current((key === 'ArrowLeft') === isRtl ? 1 : -1);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
