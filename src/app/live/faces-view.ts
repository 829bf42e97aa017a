import type { FaceObservation } from '../../engine/types';
import { Store } from '../../engine/store';
import type { ShownFace } from '../../session/baseline';
import type { ObservationStore } from '../../session/observation-store';
import { focusedTrack } from './face-focus';

/** A face's card. It remains for a moment after the face has left, so that the layout does not jump. */
export interface FaceCard {
  readonly face: ShownFace;
  readonly track: number;
  readonly present: boolean;
}

export interface FacesSnapshot {
  /** In order of track, so that a card keeps its place. */
  readonly cards: readonly FaceCard[];
  /** Track whose timeline is shown. */
  readonly focused: number | null;
  /** No face has been in view for about a second. */
  readonly nobody: boolean;
}

/** UI refresh throttle, ms. */
const PUBLISH_MS = 100;
const KEEP_CARD_MS = 1200;
const NOBODY_AFTER_MS = 1000;

/** Distribution of cards when there are too many faces for a full card each. */
export interface SharedOut {
  readonly full: readonly FaceCard[];
  /** Cards of one line. */
  readonly brief: readonly FaceCard[];
  /** Number of remaining faces. */
  readonly rest: number;
}

/**
 * Full cards for the first faces and brief ones for the next, each in order; the focused face always has a full one,
 * since its timeline is shown.
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
 * Order of cards in a two-column layout with the focused one in its own row: if that would leave a gap, the next card moves before it,
 * so that the keyboard order matches the visual one.
 */
export function inPairs(cards: readonly FaceCard[], focused: number | null): readonly FaceCard[] {
  const at = cards.findIndex(({ track }) => track === focused);
  const [whole, next] = [cards[at], cards[at + 1]];
  return at % 2 === 1 && whole && next ? [...cards.slice(0, at), next, whole, ...cards.slice(at + 2)] : cards;
}

/** View model of the faces, published at reading speed rather than the camera's rate. */
export class FacesView {
  readonly #store: ObservationStore;
  readonly #shown: (face: FaceObservation) => ShownFace;
  readonly #snapshot = new Store<FacesSnapshot>({ cards: [], focused: null, nobody: false });
  #picked: number | null = null;
  #lastSeen = new Map<number, { readonly face: FaceObservation; readonly atMs: number }>();
  #emptySinceMs: number | null = null;

  /** @param shown converts a face to the form its card shows. */
  constructor(store: ObservationStore, shown: (face: FaceObservation) => ShownFace = (face) => face) {
    this.#store = store;
    this.#shown = shown;
  }

  /** Listens to the store as long as it has listeners itself. */
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

  /** Pins a face's timeline; null returns to the largest face, however slight the difference. */
  pick(track: number | null): void {
    this.#picked = track;
    this.#refresh(null);
  }

  /** Forgets the faces seen so far, as the camera restarts. */
  restart(): void {
    this.#lastSeen.clear();
    this.#emptySinceMs = null;
    this.#snapshot.set({ cards: [], focused: this.getSnapshot().focused, nobody: false });
  }

  refresh(): void {
    this.#refresh(this.getSnapshot().focused);
  }

  /** @param before track whose timeline is shown; kept unless another face is much larger. */
  #refresh(before: number | null): void {
    const { latest, newestMs } = this.#store.getSnapshot();
    if (!latest || newestMs === null) return;
    // The newest time may have no reading, and then no known faces.
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
