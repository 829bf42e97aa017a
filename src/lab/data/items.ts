/** One picture of a data set, wherever it is stored. */
export interface DataItem {
  /** Display name: file, row or cell. */
  readonly name: string;
  /** Label as written in the data set; mapped to a class later. Empty if there is none. */
  readonly label: string;
  /** Person according to the data set; null if not stated. */
  readonly person: string | null;
  /** The remaining columns of the table. */
  readonly columns: Readonly<Record<string, string>>;
  readonly picture:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'cell'; readonly sheet: string; readonly row: number; readonly column: number }
    | { readonly kind: 'pixels'; readonly side: number; readonly luminance: Uint8Array };
}

/** A row or file without a usable picture, or an ignored table. */
export interface LeftOutItem {
  readonly name: string;
  readonly reason:
    | 'no-picture'
    | 'bad-pixels'
    | 'no-file'
    | 'too-few-columns'
    /** An earlier table labels the picture differently. */
    | 'other-label'
    /** A picture in the folder. */
    | 'not-in-table'
    /**
     * Reasons for tables: not about pictures; none of its files present; ignored beside `labels.csv`; names files while others contain faces, or the
     * reverse.
     */
    | 'not-a-table'
    | 'no-files'
    | 'beside-labels'
    | 'other-kind';
}

export type Item = ({ readonly status: 'read' } & DataItem) | ({ readonly status: 'left-out' } & LeftOutItem);
