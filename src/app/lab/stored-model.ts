import type { BroughtModelReport } from '../../engine/types';
import type { ModelSource } from '../../network/brought-model';

/** A model that was brought or taught, as it lies on this device. */
export interface StoredModel {
  readonly id: string;
  readonly name: string;
  readonly files: ModelSource['files'];
  readonly scaling: NonNullable<ModelSource['scaling']>;
  readonly labels: readonly string[];
  readonly origin: 'brought' | 'taught';
  /** What its file says; confidences are those of the proposals that were made. */
  readonly report: Pick<BroughtModelReport, 'format' | 'input' | 'parameters' | 'output'>;
  readonly bytes: number;
  readonly addedAtMs: number;
  /** Since when it only waits for an undo, ms since 1970; null: it is not removed. */
  readonly removedAtMs: number | null;
}
