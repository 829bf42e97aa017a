import type { FaceObservation } from '../../engine/types';
import { Store } from '../../engine/store';
import type { ShownFace } from '../../session/baseline';
import type { ObservationStore } from '../../session/observation-store';
import { focusedTrack } from './face-focus';

/** One face's card. It stays for a moment after the face has left, so that the page does not jump. */
export interface FaceCard {
  readonly face: ShownFace;
  readonly track: number;
  readonly present: boolean;
}

export interface FacesSnapshot {
  /** In order of track, so that a card keeps its place. */
  readonly cards: readonly FaceCard[];
  /** Whose timeline is shown. */
  readonly focused: number | null;
  /** No face has been in view for about a second. */
  readonly nobody: boolean;
}

/** UI refresh throttle, ms. */
const PUBLISH_MS = 100;
const KEEP_CARD_MS = 1200;
const NOBODY_AFTER_MS = 1000;

/** How faces are shown where there are too many for a full card each. */
export interface SharedOut {
  readonly full: readonly FaceCard[];
  /** One line each. */
  readonly brief: readonly FaceCard[];
  /** How many are left over. */
  readonly rest: number;
}

/**
 * Full cards for the first faces, brief ones for those that follow, each in their order; the focused face always
 * has a full one, since its timeline is shown.
 */
export function shareOut(cards: readonly FaceCard[], focused: number | null, mostFull: number, mostBrief: number): SharedOut {
  const beyond = cards.slice(mostFull).find(({ track }) => track === focused);
  const first = cards.slice(0, beyond ? mostFull - 1 : mostFull);
  const full = beyond ? [...first, beyond] : first;
  const others = cards.slice(first.length).filter((card) => card !== beyond);
  const brief = others.slice(0, mostBrief);
  return { full, brief, rest: others.length - brief.length };
}

/**
 * Cards in the order in which they stand two beside one another, the focused one in a row of its own: the next one comes before it where
 * it would leave a gap, so that keys go the way that is seen.
 */
export function inPairs(cards: readonly FaceCard[], focused: number | null): readonly FaceCard[] {
  const at = cards.findIndex(({ track }) => track === focused);
  const [whole, next] = [cards[at], cards[at + 1]];
  return at % 2 === 1 && whole && next ? [...cards.slice(0, at), next, whole, ...cards.slice(at + 2)] : cards;
}

/** What the page shows of the faces, published at a rate that suits reading rather than the camera. */
export class FacesView {
  readonly #store: ObservationStore;
  readonly #shown: (face: FaceObservation) => ShownFace;
  readonly #snapshot = new Store<FacesSnapshot>({ cards: [], focused: null, nobody: false });
  #picked: number | null = null;
  #lastSeen = new Map<number, { readonly face: FaceObservation; readonly atMs: number }>();
  #emptySinceMs: number | null = null;

  /** @param shown makes of a face what its card is to show. */
  constructor(store: ObservationStore, shown: (face: FaceObservation) => ShownFace = (face) => face) {
    this.#store = store;
    this.#shown = shown;
  }

  /** Listens to the store for as long as anyone listens to this. */
  readonly subscribe = (listener: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let publishedMs = -Infinity;
    const leave = this.#store.subscribe(() => {
      const waitMs = Math.max(0, publishedMs + PUBLISH_MS - performance.now());
      timer ??= setTimeout(() => {
        timer = undefined;
        publishedMs = performance.now();
        this.refresh();
      }, waitMs);
    });
    const forget = this.#snapshot.subscribe(listener);
    return () => {
      forget();
      leave();
      clearTimeout(timer);
    };
  };

  get getSnapshot() {
    return this.#snapshot.getSnapshot;
  }

  /** Shows this face's timeline from now on; null goes back to the largest face, however little it is larger. */
  pick(track: number | null): void {
    this.#picked = track;
    this.#refresh(null);
  }

  /** Forgets the faces seen so far, since the camera starts again. */
  restart(): void {
    this.#lastSeen.clear();
    this.#emptySinceMs = null;
    this.#snapshot.set({ cards: [], focused: this.getSnapshot().focused, nobody: false });
  }

  refresh(): void {
    this.#refresh(this.getSnapshot().focused);
  }

  /** @param before the track whose timeline is shown; kept unless another face is much larger. */
  #refresh(before: number | null): void {
    const { latest, newestMs } = this.#store.getSnapshot();
    if (!latest || newestMs === null) return;
    // The newest moment may have no reading, and then no known face.
    const faces = latest.timestampMs < newestMs ? [] : latest.faces;
    this.#emptySinceMs = faces.length > 0 ? null : (this.#emptySinceMs ?? newestMs);
    this.#snapshot.set({
      cards: this.#deal(faces, newestMs),
      focused: focusedTrack(faces, this.#picked, before),
      nobody: this.#emptySinceMs !== null && newestMs - this.#emptySinceMs >= NOBODY_AFTER_MS,
    });
  }

  #deal(faces: readonly FaceObservation[], nowMs: number): FaceCard[] {
    for (const face of faces) {
      if (face.track !== null) this.#lastSeen.set(face.track, { face, atMs: nowMs });
    }
    const cards: FaceCard[] = [];
    for (const [track, { face, atMs }] of this.#lastSeen) {
      if (nowMs - atMs > KEEP_CARD_MS) this.#lastSeen.delete(track);
      else cards.push({ face: this.#shown(face), track, present: atMs === nowMs });
    }
    return cards.sort((a, b) => a.track - b.track);
  }
}
