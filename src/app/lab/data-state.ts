import type { MienError } from '../../engine/errors';
import type { DataQuestion } from './data-question';
import type { DataSet, LeftOut } from './data-set';
import type { DataName } from './data-words';

/** State of the Lab's data set. */
export type DataState =
  | { readonly status: 'empty' }
  | { readonly status: 'reading'; readonly name: DataName; readonly items: number }
  | ({ readonly status: 'asking' } & DataQuestion)
  | { readonly status: 'cropping'; readonly name: DataName; readonly done: number; readonly total: number }
  | { readonly status: 'ready'; readonly data: DataSet }
  /** `leftOut`: pictures without a face, if they caused the failure. `canGoBack`: cancelling restores an earlier data set. */
  | { readonly status: 'failed'; readonly name: DataName; readonly error: MienError; readonly leftOut: readonly LeftOut[]; readonly canGoBack: boolean };

/** `failed`: the data set exists only in this tab. */
export type Keeping = { readonly status: 'none' | 'keeping' | 'kept' } | { readonly status: 'failed'; readonly error: MienError };

/** The same state without an earlier data set to restore or replace. */
export function withoutEarlier(state: DataState): DataState {
  if (state.status === 'failed') return { ...state, canGoBack: false };
  return state.status === 'asking' ? { ...state, replaces: null } : state;
}
