import { toProbabilities } from '../../engine/labels';
import type { PaintedFace } from '../../export/overlay-painter';
import { relativeStored } from '../../session/baseline';
import { facesAt } from '../../session/faces-at';
import { asItStands } from '../../session/standing';
import { personTag } from '../../words/person-style';
import type { ObservationStore } from '../../session/observation-store';
import type { PeopleAssignment } from '../../session/people-edits';

/** Results of a video, in progress or from disk. */
export interface ReadFaces {
  readonly store: ObservationStore;
  /** Time between two frames that were read. */
  readonly intervalMs: number;
  readonly people: { readonly assignment: PeopleAssignment };
  /** Calls back when more was read or people were edited. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The overlay of an analysed clip at a time. */
export function overlayFacesAt({ store, intervalMs, people: { assignment } }: Omit<ReadFaces, 'subscribe'>, timeMs: number): PaintedFace[] {
  return facesAt(store, timeMs, intervalMs).map(({ face, box }) => {
    const { track, headPose, concerns } = face;
    const person = assignment.personOf(track, face.timestampMs);
    const baseline = assignment.baselineOf(person);
    const { probabilities, uncertain } = asItStands(baseline ? relativeStored(face, baseline) : face);
    const drawn = { status: 'classified', track, smoothed: toProbabilities(probabilities), uncertain, headPose, concerns, ...(baseline && { relative: true as const }) } as const;
    return { face: drawn, box, opacity: 1, tag: personTag(person, assignment.nameOf(person)) };
  });
}
