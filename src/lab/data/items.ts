/** One picture of a data set, wherever it lies. */
export interface DataItem {
  /** File, row or cell: what names the picture to people. */
  readonly name: string;
  /** As the data set writes it; mapped to a class later. Empty: none. */
  readonly label: string;
  /** Who it is, as the data set says; null if it does not. */
  readonly person: string | null;
  /** Everything else that it says of the picture, by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly picture:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'cell'; readonly sheet: string; readonly row: number; readonly column: number }
    | { readonly kind: 'pixels'; readonly side: number; readonly luminance: Uint8Array };
}

/** A row or file that gives no picture, or a table that is not read. */
export interface LeftOutItem {
  readonly name: string;
  readonly reason:
    | 'no-picture'
    | 'bad-pixels'
    | 'no-file'
    | 'too-few-columns'
    /** A picture that an earlier table labels otherwise. */
    | 'other-label'
    /** A picture of the folder. */
    | 'not-in-table'
    /** Tables: about something else; without any of its files; other than `labels.csv`; of files behind one of faces, or the reverse. */
    | 'not-a-table'
    | 'no-files'
    | 'beside-labels'
    | 'other-kind';
}

export type Item = ({ readonly status: 'read' } & DataItem) | ({ readonly status: 'left-out' } & LeftOutItem);
