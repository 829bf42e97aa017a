import { useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { reportOf, type SessionReport } from '../../app/library/session-report';
import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { FileWriting } from '../shared/FileWriting';
import { PrintReport } from '../shared/PrintReport';
import { useFileWriting } from '../shared/use-file-writing';
import { PrintedSessions } from './PrintedSessions';
import { t } from '../../words/i18n';

interface Props {
  readonly archive: SessionArchive;
  readonly sessions: readonly ArchivedSession[];
  /** Element that receives the report, outside the part that is hidden in print. */
  readonly place: HTMLElement | null;
}

/** Prints several sessions at once, loaded from disk one by one. */
export function PrintSessions({ archive, sessions, place }: Props) {
  const [reports, setReports] = useState<readonly SessionReport[]>([]);
  const { state, write, cancel } = useFileWriting();
  const printAll = () =>
    write(async (signal, onProgress) => {
      const made: SessionReport[] = [];
      for (const { id } of sessions) {
        made.push(await reportOf(await archive.load(id, { signal }), signal));
        onProgress(made.length / sessions.length);
      }
      addEventListener('afterprint', () => setReports([]), { once: true });
      flushSync(() => setReports(made));
      await Promise.all(Array.from(place?.querySelectorAll('img') ?? [], (image) => image.decode().catch(() => undefined)));
      print();
    });
  return (
    <>
      <PrintReport
        words={t('{count, plural, one {Print a report of # session} other {Print a report of # sessions}}', { count: sessions.length })}
        hasPictures={sessions.some(({ thumbnail }) => thumbnail !== null)}
        isDisabled={state.status === 'running'}
        onPrint={printAll}
      />
      <FileWriting state={state} onCancel={cancel} />
      {place && reports.length > 0 && createPortal(<PrintedSessions reports={reports} />, place)}
    </>
  );
}
