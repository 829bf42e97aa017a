import { useId, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import { categoriesOf, type DataSet, type LabFace } from '../../../app/lab/data-set';
import { faceEdits } from '../../../app/lab/face-edits';
import { FACE_ORDERS, orderedFaces, type FaceOrder } from '../../../app/lab/face-order';
import { EXPRESSIONS } from '../../../engine/labels';
import { classWord } from '../../../words/class-word';
import { msg, t, type Phrase } from '../../../words/i18n';
import { Button } from '../../shared/Button';
import { UndoBar } from '../../shared/UndoBar';
import styles from '../lab.module.css';
import { WindowedGrid } from '../../shared/WindowedGrid';
import own from './editor.module.css';
import { DrawingContext, FaceCell, faceWord, type Drawing } from './FaceCell';

const ORDER_WORDS: Readonly<Record<FaceOrder, Phrase>> = { read: msg('As read'), class: msg('By class'), person: msg('By person'), copies: msg('Near-duplicates together') };

/** All faces of a data set, for reviewing, labelling and naming. */
export function FaceEditor({ data }: { readonly data: DataSet }) {
  const last = useSyncExternalStore(faceEdits.subscribe, faceEdits.getSnapshot);
  const [order, setOrder] = useState<FaceOrder>('read');
  const [shown, setShown] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [person, setPerson] = useState('');
  const [orderId, shownId, personId] = [useId(), useId(), useId()];
  const field = useRef<HTMLInputElement>(null);
  const { faces, bursts } = data;
  const categories = useMemo(() => categoriesOf(faces), [faces]);
  const own7 = categories.filter((name) => !EXPRESSIONS.some((expression) => expression === name));
  /** Assigned to number keys: 1 to 7 are the expressions, followed by custom classes. */
  const labels = [...EXPRESSIONS, ...own7].slice(0, 9);
  // Keep the order while labels are assigned, so that a face does not jump away from under the cursor.
  const [arranged, setArranged] = useState(() => ({ order, shown, count: faces.length, faces: orderedFaces(data, order, shown) }));
  if (arranged.order !== order || arranged.shown !== shown || arranged.count !== faces.length) {
    setArranged({ order, shown, count: faces.length, faces: orderedFaces({ faces, bursts }, order, shown) });
    setPicked(new Set());
  }
  const chosen = useMemo(() => [...picked], [picked]);
  const { luminance } = data.pixels;
  const drawing = useMemo((): Drawing => ({ luminance, spare: [] }), [luminance]);
  const items = useMemo(() => arranged.faces.map((id) => ({ id })), [arranged.faces]);
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'z') {
      event.preventDefault();
      faceEdits.undo();
      return;
    }
    const label = /^[1-9]$/.test(key) ? labels[Number(key) - 1] : undefined;
    if (ctrlKey || metaKey || altKey || (label === undefined && key !== '0')) return;
    event.preventDefault();
    faceEdits.label(chosen, label ?? null);
  };
  const merge = () => {
    const [first] = chosen;
    const name = person.trim() || (first === undefined ? '' : (faces[first]?.person ?? '')) || t('Person {number}', { number: 1 + new Set(faces.flatMap((face) => face.person ?? [])).size });
    faceEdits.onePerson(chosen, name);
    setPerson('');
  };
  return (
    <section className={styles['card']} aria-label={t('All faces')}>
      <div className={styles['fields']}>
        <div className={styles['field']}>
          <label htmlFor={orderId}>{t('Order')}</label>
          <select id={orderId} value={order} onChange={({ target }) => setOrder(FACE_ORDERS.find((each) => each === target.value) ?? order)}>
            {FACE_ORDERS.map((each) => (
              <option key={each} value={each}>
                {t(ORDER_WORDS[each])}
              </option>
            ))}
          </select>
        </div>
        <div className={styles['field']}>
          <label htmlFor={shownId}>{t('Show')}</label>
          <select id={shownId} value={shown ?? ALL} onChange={({ target }) => setShown(target.value === ALL ? null : target.value)}>
            <option value={ALL}>{t('All faces')}</option>
            {categories.map((name) => (
              <option key={name} value={name}>
                {classWord(name)}
              </option>
            ))}
            <option value="">{t('Left out')}</option>
          </select>
        </div>
      </div>
      <DrawingContext value={drawing}>
        <WindowedGrid
          label={t('Faces')}
          items={items}
          Tile={FaceCell}
          detailOf={({ id }) => faces[id] ?? NOBODY}
          nameOf={({ id }) => faceWord(faces[id] ?? NOBODY)}
          marked={picked}
          selectedId={null}
          marks="any"
          onMark={({ ids }) => setPicked(new Set(ids))}
          onKeyDown={onKeyDown}
          className={own['grid'] ?? ''}
          frame={own['box'] ?? ''}
        />
      </DrawingContext>
      <div className={own['keys']} role="group" aria-label={t('Label the chosen faces')}>
        {labels.map((name, i) => (
          <Button key={name} isDisabled={picked.size === 0} onPress={() => faceEdits.label(chosen, name)}>
            <kbd>{i + 1}</kbd> {classWord(name)}
          </Button>
        ))}
        <Button isDisabled={picked.size === 0} onPress={() => faceEdits.label(chosen, null)}>
          <kbd>0</kbd> {t('leave out')}
        </Button>
      </div>
      <div className={own['person']}>
        <div className={styles['field']}>
          <label htmlFor={personId}>{t('Person')}</label>
          <input ref={field} id={personId} value={person} placeholder={t('The first face’s name, or a new one')} onChange={({ target }) => setPerson(target.value)} />
        </div>
        <Button isDisabled={picked.size === 0} onPress={merge}>
          {t('The chosen faces are one person')}
        </Button>
      </div>
      <p className={styles['hint']}>
        {t('{count, plural, =0 {No face is chosen.} one {# face is chosen.} other {# faces are chosen.}}', { count: picked.size })}{' '}
        {t('Arrow keys move, Shift extends, the keys above label, Ctrl+Z undoes.')}
      </p>
      {last !== null && <UndoBar words={last} onUndo={() => faceEdits.undo()} onDismiss={() => faceEdits.dismiss()} />}
    </section>
  );
}

/** Placeholder while one data set replaces another. */
const NOBODY: LabFace = { name: '', label: '', columns: {}, category: null, person: null, concerned: false };

/** Cannot be the name of a class. */
const ALL = '\u0000';
