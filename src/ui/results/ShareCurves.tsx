import { copyTable } from '../../app/files/copy-table';
import { curvePictureFile } from '../../app/results/curve-picture';
import { summaryTable } from '../../app/results/summary-table';
import type { Span } from '../../app/results/timeline-view';
import { fitName } from '../../export/file-names';
import type { Marker } from '../../session/session-info';
import type { PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';
import { directionOf } from '../../words/languages';
import { PictureShare } from '../shared/PictureShare';
import { useColorScheme, useSigns } from '../use-color-scheme';
import { useLanguage } from '../use-language';
import { t } from '../../words/i18n';

interface Props {
  /** The recording's title. */
  readonly title: string;
  readonly name: string;
  readonly person: PersonSummary;
  /** Null until loaded. */
  readonly series: TrackSeries | null;
  readonly whole: Span;
  readonly intervalMs: number;
  readonly markers?: readonly Marker[];
}

/** Shares one person's curves as a picture, and their statistics as a table. */
export function ShareCurves({ title, name, person, series, whole, intervalMs, markers = [] }: Props) {
  const scheme = useColorScheme();
  const signs = useSigns();
  const language = useLanguage();
  if (!series) return null;
  const picture = () =>
    curvePictureFile(
      {
        ...{ title: `${title} · ${name}`, series, whole, intervalMs, scheme, signs },
        note: t('Read by Mien. It names expressions, not feelings, and is wrong at times.'),
        markersMs: markers.map(({ atMs }) => atMs),
        rightToLeft: directionOf(language) === 'rtl',
      },
      fitName(`${title} ${name}`, 'mien'),
    );
  return <PictureShare label={t('Share the curves of {name}', { name })} picture={picture} onCopyTable={() => copyTable(summaryTable(person.summary))} />;
}
