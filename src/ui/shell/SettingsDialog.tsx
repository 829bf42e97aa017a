import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { useEngine } from '../engine-context';
import { useEngineHealth } from '../use-engine-health';
import { SENSITIVITIES } from '../../engine/mixing';
import { BACKEND_CHOICES, DEFAULT_SETTINGS, LANGUAGES, SMOOTHING_MAX_MS, THEMES, type Settings } from '../../app/settings';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Toggle } from '../shared/Toggle';
import { LANGUAGE_NAMES } from '../../words/languages';
import { backendName } from '../../words/errors';
import { formatNumber } from '../../words/format';
import { type Phrase, msg, t } from '../../words/i18n';
import { SENSITIVITY_NAMES } from '../../words/sensitivity';
import styles from './SettingsDialog.module.css';

const THEME_NAMES: Readonly<Record<Settings['theme'], Phrase>> = { system: msg('As the system'), light: msg('Light'), dark: msg('Dark') };

export default function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const [settings, update] = useSettings();
  return (
    <Dialog title={t('Settings')} onClose={onClose}>
      <div className={styles['settings']}>
        <Choice
          label={t('Language')}
          value={settings.language}
          names={(language) => (language === 'auto' ? t('As the browser') : LANGUAGE_NAMES[language])}
          choices={LANGUAGES}
          onChange={(language) => update({ language })}
        />
        <Choice label={t('Appearance')} value={settings.theme} names={(theme) => t(THEME_NAMES[theme])} choices={THEMES} onChange={(theme) => update({ theme })} />
        <section className={styles['group']}>
          <h3>{t('Faces')}</h3>
          <Toggle label={t('Draw the head pose')} value={settings.showHeadPose} onChange={(showHeadPose) => update({ showHeadPose })} />
          <p className={styles['hint']}>{t('Three lines from the nose: white points where the head faces, blue up, orange to its side.')}</p>
          <Toggle
            label={t('Exclude low-quality faces from summaries')}
            value={settings.leaveOutConcerns}
            onChange={(leaveOutConcerns) => update({ leaveOutConcerns })}
          />
          <p className={styles['hint']}>{t('Small, turned away, too dark or bright, blurred, or cut by the edge.')}</p>
          <Choice
            label={t('Sensitivity')}
            value={settings.sensitivity}
            names={(sensitivity) => t(SENSITIVITY_NAMES[sensitivity])}
            choices={SENSITIVITIES}
            onChange={(sensitivity) => update({ sensitivity })}
          />
          <p className={styles['hint']}>
            {t('How readily a faint or rare expression is named. Eager finds more anger, fear and disgust, but also sees them in more resting faces; About this model has the figures. Applies to what is analysed from now on.')}
          </p>
        </section>
        <section className={styles['group']}>
          <h3>{t('Live')}</h3>
          <Slider
            className={styles['slider'] ?? ''}
            value={settings.smoothingMs}
            minValue={0}
            maxValue={SMOOTHING_MAX_MS}
            step={50}
            onChange={(smoothingMs) => update({ smoothingMs })}
          >
            <Label>{t('Smoothing over time')}</Label>
            <SliderOutput>{settings.smoothingMs === 0 ? t('Off') : t('{ms} ms', { ms: settings.smoothingMs })}</SliderOutput>
            <SliderTrack className={styles['track'] ?? ''}>
              <SliderThumb className={styles['thumb'] ?? ''} />
            </SliderTrack>
          </Slider>
          <p className={styles['hint']}>{t('More smoothing is steadier, but slower to follow a change. Photos are never smoothed.')}</p>
          <Toggle label={t('Mirror the preview')} value={settings.mirror} onChange={(mirror) => update({ mirror })} />
          <Toggle
            label={t('Stop the camera when the tab is hidden')}
            value={settings.pauseWhenHidden}
            onChange={(pauseWhenHidden) => update({ pauseWhenHidden })}
          />
          <Toggle label={t('Keep a small picture with each session')} value={settings.keepThumbnails} onChange={(keepThumbnails) => update({ keepThumbnails })} />
          <p className={styles['hint']}>{t('Of videos that you open or record with faces; data-only recordings keep none. It stays on this device, and goes with its session.')}</p>
          <Toggle label={t('Show speed and backend')} value={settings.showPerformance} onChange={(showPerformance) => update({ showPerformance })} />
          <Toggle label={t('Single-key shortcuts')} value={settings.shortcuts} onChange={(shortcuts) => update({ shortcuts })} />
        </section>
        <div>
          <Choice
            label={t('Compute with')}
            value={settings.backend}
            names={backendName}
            choices={BACKEND_CHOICES}
            onChange={(backend) => update({ backend })}
          />
          <InUse />
        </div>
        <Button onPress={() => update(DEFAULT_SETTINGS)}>{t('Reset all settings')}</Button>
      </div>
    </Dialog>
  );
}

function InUse() {
  const state = useEngine();
  const latest = useEngineHealth(state.status === 'ready' ? state.engine : null);
  if (state.status === 'loading') return <p className={styles['hint']}>{t('Starting…')}</p>;
  if (state.status === 'failed') return <p className={styles['hint']}>{t('This choice did not work here. Try another.')}</p>;
  const { backend, backends } = latest ?? state.health;
  const deviation = backends.find((b) => b.name === backend)?.deviation ?? null;
  return (
    <p className={styles['hint']}>
      {t('In use: {backend}.', { backend: backendName(backend) })}
      {deviation !== null && ` ${t('On the known-answer check its probabilities were within {bound} of the reference.', { bound: boundOf(deviation) })}`}
    </p>
  );
}

/** Rounds a small number up to a power of ten, formatted: 0.0000003 → 0.000001. */
function boundOf(deviation: number): string {
  const digits = Math.min(6, Math.max(1, Math.floor(-Math.log10(Math.max(deviation, 1e-9)))));
  return formatNumber(10 ** -digits, { decimals: digits });
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly T[];
  readonly names: (choice: T) => string;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, choices, names, onChange }: ChoiceProps<T>) {
  const change = (text: string) => {
    const chosen = choices.find((c) => c === text);
    if (chosen) onChange(chosen);
  };
  return (
    <RadioGroup className={styles['choice'] ?? ''} value={value} onChange={change}>
      <Label>{label}</Label>
      <div className={styles['radios']}>
        {choices.map((c) => (
          <RadioField key={c} value={c}>
            <RadioButton className={styles['radio'] ?? ''}>{names(c)}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
