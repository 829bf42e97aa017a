import type { BroughtModelReport } from '../../engine/types';
import type { ModelSource } from '../../network/brought-model';

/** A brought or taught model as stored on this device. */
export interface StoredModel {
  readonly id: string;
  readonly name: string;
  readonly files: ModelSource['files'];
  readonly scaling: NonNullable<ModelSource['scaling']>;
  readonly labels: readonly string[];
  readonly origin: 'brought' | 'taught';
  /** Facts from its file; confidences refer to the proposals. */
  readonly report: Pick<BroughtModelReport, 'format' | 'input' | 'parameters' | 'output'>;
  readonly bytes: number;
  readonly addedAtMs: number;
  /** Time of its removal, which can still be undone, ms since 1970; null: not removed. */
  readonly removedAtMs: number | null;
}
