import { useEffect, useState } from 'react';
import type { Engine } from '../../workers/protocol';
import { useEngineHealth } from '../use-engine-health';
import { backendName } from '../../words/errors';
import type { PerformanceMeter, PerformanceReading } from '../../app/live/performance-meter';
import { t } from '../../words/i18n';
import { formatCount, formatNumber } from '../../words/format';
import styles from './performance.module.css';

const READ_MS = 500;

interface Props {
  readonly meter: PerformanceMeter;
  readonly engine: Engine | null;
}

/** Timings, for users who enabled the panel. */
export function PerformancePanel({ meter, engine }: Props) {
  const reading = useReading(meter);
  const health = useEngineHealth(engine);
  return (
    <section className={styles['panel']} aria-labelledby="performance-title" data-testid="performance">
      <h3 id="performance-title">{t('Performance')}</h3>
      <dl className={styles['figures']}>
        <Figure name={t('Camera')} value={rate(reading?.cameraRate)} />
        <Figure name={t('Analysed')} value={rate(reading?.analysisRate)} />
        <Figure name={t('Dropped frames')} value={reading ? formatCount(reading.droppedFrames) : '–'} />
        <Figure name={t('Detect')} value={time(reading?.detectMs)} />
        <Figure name={t('Crop')} value={time(reading?.cropMs)} />
        <Figure name={t('Classify')} value={time(reading?.classifyMs)} />
        <Figure name={t('Frame to result')} value={time(reading?.latencyMs)} />
        <Figure name={t('Backend')} value={health ? backendName(health.backend) : '–'} />
        <Figure name={t('Runs in')} value={engine ? (engine.place === 'worker' ? t('two workers') : t('the page')) : '–'} />
      </dl>
      <p className={styles['caption']}>{t('Times are medians of the last three seconds. Dropped frames are not queued: the newest one is read.')}</p>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function rate(perSecond: number | undefined): string {
  return perSecond === undefined ? '–' : t('{rate} /s', { rate: formatNumber(perSecond, { decimals: 1 }) });
}

function time(ms: number | undefined): string {
  return ms === undefined || ms === 0 ? '–' : t('{ms} ms', { ms: formatNumber(ms, { decimals: 1 }) });
}

function useReading(meter: PerformanceMeter): PerformanceReading | null {
  const [reading, setReading] = useState<PerformanceReading | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setReading(meter.read(performance.now())), READ_MS);
    return () => clearInterval(timer);
  }, [meter]);
  return reading;
}
