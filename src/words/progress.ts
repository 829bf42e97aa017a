import { formatList } from './format';
import { t } from './i18n';
interface Counts {
  readonly total: number;
  /** Number of items read, failed or cancelled. */
  readonly ended: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Progress of a batch in words. Failed and cancelled photos do not count as read. */
export function wordProgress({ total, ended, failed, cancelled }: Counts): string {
  const parts = [t('{read} of {total} read', { read: ended - failed - cancelled, total })];
  if (failed > 0) parts.push(t('{failed, plural, other {# could not be read}}', { failed }));
  if (cancelled > 0) parts.push(t('{cancelled, plural, other {# cancelled}}', { cancelled }));
  return formatList(parts);
}

/** Names files of a folder that are neither photos nor videos, in one line. */
export function wordPassedOver(names: readonly string[]): string {
  const [first = ''] = names;
  if (names.length === 1) return t('Skipped, neither photo nor video: {first}.', { first });
  return t('Skipped, neither photos nor videos: {first} and {others, plural, one {# other} other {# others}}.', { first, others: names.length - 1 });
}

/** Sentences about dropped files that are not new: lost by a reload and found again, or already listed. */
export function wordRecognised({ found, known }: { readonly found: number; readonly known: readonly string[] }): readonly string[] {
  const [first = ''] = known;
  return [
    ...(found > 0 ? [t('{found, plural, one {# missing photo is back.} other {# missing photos are back.}}', { found })] : []),
    ...(known.length === 1 ? [t('{first} is here already and is not listed twice.', { first })] : []),
    ...(known.length > 1 ? [t('{first} and {others, plural, one {# other file are} other {# other files are}} here already and are not listed twice.', { first, others: known.length - 1 })] : []),
  ];
}
