import type { MienError } from '../../engine/errors';
import type { DataQuestion } from './data-question';
import type { DataSet, LeftOut } from './data-set';
import type { DataName } from './data-words';

/** What became of the Lab's data set so far. */
export type DataState =
  | { readonly status: 'empty' }
  | { readonly status: 'reading'; readonly name: DataName; readonly items: number }
  | ({ readonly status: 'asking' } & DataQuestion)
  | { readonly status: 'cropping'; readonly name: DataName; readonly done: number; readonly total: number }
  | { readonly status: 'ready'; readonly data: DataSet }
  /** `leftOut`: the pictures that gave no face, if that is why. `canGoBack`: cancelling brings back an earlier data set. */
  | { readonly status: 'failed'; readonly name: DataName; readonly error: MienError; readonly leftOut: readonly LeftOut[]; readonly canGoBack: boolean };

/** `failed`: it is in this tab only. */
export type Keeping = { readonly status: 'none' | 'keeping' | 'kept' } | { readonly status: 'failed'; readonly error: MienError };

/** The same where there is nothing to go back to any more, and nothing to be replaced. */
export function withoutEarlier(state: DataState): DataState {
  if (state.status === 'failed') return { ...state, canGoBack: false };
  return state.status === 'asking' ? { ...state, replaces: null } : state;
}
