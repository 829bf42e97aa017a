import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import { useEngine } from '../engine-context';
import { useEngineHealth } from '../use-engine-health';
import { SENSITIVITIES, type Sensitivity } from '../../engine/mixing';
import { BACKEND_CHOICES, DEFAULT_SETTINGS, SMOOTHING_MAX_MS, THEMES, type Settings } from '../../app/settings';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { BACKEND_WORDS } from '../../words/errors';
import styles from './SettingsDialog.module.css';

const THEME_NAMES: Readonly<Record<Settings['theme'], string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

const SENSITIVITY_NAMES: Readonly<Record<Sensitivity, string>> = { cautious: 'Cautious', balanced: 'Balanced', eager: 'Eager' };

export default function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const [settings, update] = useSettings();
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className={styles['settings']}>
        <Choice label="Appearance" value={settings.theme} names={THEME_NAMES} choices={THEMES} onChange={(theme) => update({ theme })} />
        <section className={styles['group']}>
          <h3>Faces</h3>
          <Toggle label="Draw the head pose" value={settings.showHeadPose} onChange={(showHeadPose) => update({ showHeadPose })} />
          <p className={styles['hint']}>Three lines from the nose: white points where the head faces, blue up, orange to its side.</p>
          <Toggle
            label="Exclude low-quality faces from summaries"
            value={settings.leaveOutConcerns}
            onChange={(leaveOutConcerns) => update({ leaveOutConcerns })}
          />
          <p className={styles['hint']}>Small, turned away, too dark or bright, blurred, or cut by the edge.</p>
          <Choice
            label="Sensitivity"
            value={settings.sensitivity}
            names={SENSITIVITY_NAMES}
            choices={SENSITIVITIES}
            onChange={(sensitivity) => update({ sensitivity })}
          />
          <p className={styles['hint']}>
            How readily a faint or rare expression is named. Eager finds more anger, fear and disgust, and takes more resting faces for them;
            About this model has the figures. Applies to what is analysed from now on.
          </p>
        </section>
        <section className={styles['group']}>
          <h3>Webcam</h3>
          <Slider
            className={styles['slider'] ?? ''}
            value={settings.smoothingMs}
            minValue={0}
            maxValue={SMOOTHING_MAX_MS}
            step={50}
            onChange={(smoothingMs) => update({ smoothingMs })}
          >
            <Label>Smoothing over time</Label>
            <SliderOutput>{settings.smoothingMs === 0 ? 'Off' : `${settings.smoothingMs} ms`}</SliderOutput>
            <SliderTrack className={styles['track'] ?? ''}>
              <SliderThumb className={styles['thumb'] ?? ''} />
            </SliderTrack>
          </Slider>
          <p className={styles['hint']}>More is calmer and slower to follow a change. Photos are never smoothed.</p>
          <Toggle label="Mirror the preview" value={settings.mirror} onChange={(mirror) => update({ mirror })} />
          <Toggle
            label="Stop the camera when the tab is hidden"
            value={settings.pauseWhenHidden}
            onChange={(pauseWhenHidden) => update({ pauseWhenHidden })}
          />
          <Toggle label="Show speed and backend" value={settings.showPerformance} onChange={(showPerformance) => update({ showPerformance })} />
          <Toggle label="Single-key shortcuts" value={settings.shortcuts} onChange={(shortcuts) => update({ shortcuts })} />
        </section>
        <div>
          <Choice
            label="How to compute"
            value={settings.backend}
            names={BACKEND_WORDS}
            choices={BACKEND_CHOICES}
            onChange={(backend) => update({ backend })}
          />
          <InUse />
        </div>
        <Button onPress={() => update(DEFAULT_SETTINGS)}>Reset all settings</Button>
      </div>
    </Dialog>
  );
}

function InUse() {
  const state = useEngine();
  const latest = useEngineHealth(state.status === 'ready' ? state.engine : null);
  if (state.status === 'loading') return <p className={styles['hint']}>Starting…</p>;
  if (state.status === 'failed') return <p className={styles['hint']}>This choice did not work here. Try another.</p>;
  const { backend, backends } = latest ?? state.health;
  const deviation = backends.find((b) => b.name === backend)?.deviation ?? null;
  return (
    <p className={styles['hint']}>
      In use: {BACKEND_WORDS[backend]}.
      {deviation !== null && ` On the known-answer check its probabilities were within ${boundOf(deviation)} of the reference.`}
    </p>
  );
}

/** The next power of ten above a small number, in digits: 0.0000003 → 0.000001. */
function boundOf(deviation: number): string {
  const digits = Math.min(6, Math.max(1, Math.floor(-Math.log10(Math.max(deviation, 1e-9)))));
  return (10 ** -digits).toFixed(digits);
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly T[];
  readonly names: Readonly<Record<T, string>>;
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
            <RadioButton className={styles['radio'] ?? ''}>{names[c]}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function Toggle({ label, value, onChange }: ToggleProps) {
  return (
    <SwitchField isSelected={value} onChange={onChange}>
      <SwitchButton className={styles['toggle'] ?? ''}>
        {label}
        <span className={styles['lever']} aria-hidden="true" />
      </SwitchButton>
    </SwitchField>
  );
}
