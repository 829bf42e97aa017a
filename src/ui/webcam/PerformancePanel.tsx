import { useEffect, useState } from 'react';
import type { Engine } from '../../workers/protocol';
import { useEngineHealth } from '../use-engine-health';
import { BACKEND_WORDS } from '../../words/errors';
import type { PerformanceMeter, PerformanceReading } from '../../app/live/performance-meter';
import styles from './performance.module.css';

const READ_MS = 500;

interface Props {
  readonly meter: PerformanceMeter;
  readonly engine: Engine | null;
}

/** How fast everything goes, for those who asked for it. */
export function PerformancePanel({ meter, engine }: Props) {
  const reading = useReading(meter);
  const health = useEngineHealth(engine);
  return (
    <section className={styles['panel']} aria-labelledby="performance-title" data-testid="performance">
      <h3 id="performance-title">Performance</h3>
      <dl className={styles['figures']}>
        <Figure name="Camera" value={rate(reading?.cameraRate)} />
        <Figure name="Analysed" value={rate(reading?.analysisRate)} />
        <Figure name="Dropped frames" value={reading ? String(reading.droppedFrames) : '–'} />
        <Figure name="Detect" value={time(reading?.detectMs)} />
        <Figure name="Crop" value={time(reading?.cropMs)} />
        <Figure name="Classify" value={time(reading?.classifyMs)} />
        <Figure name="Frame to result" value={time(reading?.latencyMs)} />
        <Figure name="Backend" value={health ? BACKEND_WORDS[health.backend] : '–'} />
        <Figure name="Runs in" value={engine ? (engine.place === 'worker' ? 'a worker' : 'the page') : '–'} />
      </dl>
      <p className={styles['caption']}>Times are medians of the last three seconds. Dropped frames are not queued: the newest one is read.</p>
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
  return perSecond === undefined ? '–' : `${perSecond.toFixed(1)} /s`;
}

function time(ms: number | undefined): string {
  return ms === undefined || ms === 0 ? '–' : `${ms.toFixed(1)} ms`;
}

function useReading(meter: PerformanceMeter): PerformanceReading | null {
  const [reading, setReading] = useState<PerformanceReading | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setReading(meter.read(performance.now())), READ_MS);
    return () => clearInterval(timer);
  }, [meter]);
  return reading;
}
