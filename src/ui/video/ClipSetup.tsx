import { useId, useState, useSyncExternalStore } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Label, Select, SelectValue } from 'react-aria-components/Select';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import type { Search } from '../../engine/types';
import { wordNotRead } from '../../words/reading';
import type { TrackInfo, VideoInfo } from '../../sources/video-file-source';
import { editableClock, formatDuration, formatPlain, formatSize } from '../../words/format';
import { VIDEO_FRAME_RATES, type VideoFrameRate } from '../../app/settings';
import { Button } from '../shared/Button';
import { ChevronIcon } from '../shared/icons';
import type { AnalysisWish } from '../../app/video/analysis-wish';
import { readingPaces } from '../../app/video/reading-pace';
import { type Phrase, msg, t } from '../../words/i18n';
import styles from './ClipSetup.module.css';
import { parseSignedClock } from '../../words/parse-clock';

/** Shortest part that can be selected. */
const SHORTEST_MS = 100;
const STEP_MS = 100;

const SEARCHES: readonly (readonly [Search, Phrase])[] = [
  ['thorough', msg('Thorough, as in photos')],
  ['fast', msg('Fast, as with the webcam')],
];
const SEARCH_HINT: Readonly<Record<Search, Phrase>> = {
  thorough: msg('Small and far faces are found too, as in a photo. The time left is shown once it runs.'),
  fast: msg('Takes a fraction of the time, and may miss faces that are small, turned away or seen only briefly.'),
};

interface Props {
  readonly info: VideoInfo;
  readonly wish: AnalysisWish;
  readonly onChange: (change: Partial<AnalysisWish>) => void;
  readonly onTrack: (track: number) => void;
  readonly onStart: () => void;
  /** Number of clips waiting to be started, including this one and those not opened yet. */
  readonly unstarted: number;
  readonly onStartAll: () => void;
  /** True if the clip was analysed before. */
  readonly again: boolean;
}

/** Analysis settings of a clip: the part, the sampling and the thoroughness. */
export function ClipSetup({ info, wish, onChange, onTrack, onStart, unstarted, onStartAll, again }: Props) {
  const paces = readingPaces();
  useSyncExternalStore(paces.subscribe, paces.getSnapshot);
  return (
    <section className={styles['setup']} aria-label={t('What to analyse')}>
      {info.tracks.length > 1 && <Choice label={t('Picture track')} value={info.track} options={info.tracks.map((track, i) => [i, trackWords(track, i)])} onChange={onTrack} />}
      <Choice
        label={t('Frames to read')}
        value={wish.framesPerSecond}
        options={VIDEO_FRAME_RATES.map((rate) => [rate, rateWords(rate, info)])}
        onChange={(framesPerSecond) => onChange({ framesPerSecond })}
      />
      <Choice label={t('Search for faces')} value={wish.search} options={SEARCHES.map(([search, name]) => [search, searchWords(t(name), expectedMs(info, { ...wish, search }))])} onChange={(search) => onChange({ search })} />
      <RangeFields info={info} wish={wish} onChange={onChange} />
      {info.notRead.length > 0 && <p className={styles['hint']}>{wordNotRead(info.notRead).join(' ')}</p>}
      <p className={styles['hint']}>
        {t('{count, plural, one {About # frame} other {About # frames}} to read.', { count: expectedFrames(info, wish) })} {t(SEARCH_HINT[wish.search])}
      </p>
      <div className={styles['actions']}>
        <Button variant={again ? 'plain' : 'primary'} onPress={onStart}>
          {again ? t('Analyse again') : t('Analyse')}
        </Button>
        {!again && unstarted > 1 && <Button onPress={onStartAll}>{t('{count, plural, other {Analyse all #}}', { count: unstarted })}</Button>}
      </div>
    </section>
  );
}

function expectedFrames({ frameRate }: VideoInfo, { framesPerSecond, fromMs, toMs }: AnalysisWish): number {
  const rate = framesPerSecond === 'every' ? frameRate : Math.min(framesPerSecond, frameRate);
  return Math.max(1, Math.round(((toMs - fromMs) / 1000) * rate));
}

/** Null if this device's speed is unknown. */
function expectedMs(info: VideoInfo, wish: AnalysisWish): number | null {
  return readingPaces().expectedMs({ ...wish, pixels: info.size.width * info.size.height }, expectedFrames(info, wish));
}

function searchWords(name: string, ms: number | null): string {
  return ms === null ? name : t('{name}: about {duration}', { name, duration: formatDuration(roughly(ms)) });
}

/** Rounds to 5 s from 10 s on, because durations vary between runs. */
function roughly(ms: number): number {
  return ms < 10_000 ? ms : Math.round(ms / 5000) * 5000;
}

function trackWords({ codecName, size }: TrackInfo, index: number): string {
  return `${index + 1}: ${codecName}, ${formatSize(size)}`;
}

function rateWords(rate: VideoFrameRate, { frameRate, variableFrameRate }: VideoInfo): string {
  if (rate === 'every') return t(variableFrameRate ? msg('Every frame (about {rate} a second)') : msg('Every frame ({rate} a second)'), { rate: formatPlain(Number(frameRate.toFixed(2))) });
  return t('{rate, plural, one {# frame} other {# frames}} a second', { rate });
}

interface ChoiceProps<T> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
}

function Choice<T extends string | number>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Select
      className={styles['field'] ?? ''}
      value={String(value)}
      onChange={(key) => {
        const chosen = options.find(([each]) => String(each) === key);
        if (chosen) onChange(chosen[0]);
      }}
    >
      <Label>{label}</Label>
      <AriaButton className={styles['select'] ?? ''}>
        <SelectValue />
        <ChevronIcon />
      </AriaButton>
      <Popover className={styles['popover'] ?? ''}>
        <ListBox className={styles['list'] ?? ''}>
          {options.map(([each, text]) => (
            <ListBoxItem key={each} id={String(each)} className={styles['item'] ?? ''} textValue={text}>
              {text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

type RangeProps = Pick<Props, 'info' | 'wish' | 'onChange'>;

function RangeFields({ info, wish, onChange }: RangeProps) {
  const { startMs, endMs } = info;
  const change = (fromMs: number, toMs: number) => {
    const from = Math.max(startMs, Math.min(fromMs, endMs - SHORTEST_MS));
    onChange({ fromMs: from, toMs: Math.min(endMs, Math.max(toMs, from + SHORTEST_MS)) });
  };
  return (
    <div className={styles['field']} role="group" aria-label={t('Part of the clip')}>
      <span>{t('Part of the clip')}</span>
      {/* Time runs from left to right in every language. */}
      <I18nProvider locale="en-GB">
        <Slider
          className={styles['range'] ?? ''}
          aria-label={t('Part of the clip')}
          minValue={startMs}
          maxValue={Math.max(endMs, startMs + SHORTEST_MS)}
          step={STEP_MS}
          value={[wish.fromMs, wish.toMs]}
          onChange={([from = startMs, to = endMs]) => change(from, endMs - to < STEP_MS ? endMs : to)}
        >
          <SliderTrack className={styles['track'] ?? ''}>
            <span
              className={styles['part']}
              style={{ left: `${((wish.fromMs - startMs) / (endMs - startMs)) * 100}%`, right: `${((endMs - wish.toMs) / (endMs - startMs)) * 100}%` }}
            />
            <SliderThumb index={0} className={styles['thumb'] ?? ''} aria-label={t('From')} />
            <SliderThumb index={1} className={styles['thumb'] ?? ''} aria-label={t('To')} />
          </SliderTrack>
        </Slider>
      </I18nProvider>
      <div className={styles['times']} dir="ltr">
        <TimeField label={t('From')} ms={wish.fromMs} onChange={(ms) => change(ms, wish.toMs)} />
        <TimeField label={t('To')} ms={wish.toMs} onChange={(ms) => change(wish.fromMs, ms)} />
      </div>
    </div>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly ms: number;
  readonly onChange: (ms: number) => void;
}

/** An editable time; invalid input reverts to the previous value. */
function TimeField({ label, ms, onChange }: TimeFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const parsed = draft === null ? null : parseSignedClock(draft);
    setDraft(null);
    if (parsed !== null) onChange(parsed);
  };
  return (
    <div className={styles['time']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={draft ?? editableClock(ms, 1)}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    </div>
  );
}
