import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Menu, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { CameraInfo } from '../../sources/camera-source';
import { ChevronIcon, FullScreenIcon, PoseIcon } from '../shared/icons';
import { Hint } from '../shared/Hint';
import { ExitFullScreenIcon, FlipIcon, GaugeIcon, MirrorIcon, PauseIcon, PlayIcon, SnapshotIcon } from './icons';
import { ShortcutHelp } from './ShortcutHelp';
import { t } from '../../words/i18n';
import { WordedMenuItem } from '../shared/WordedMenuItem';
import styles from './controls.module.css';

export interface ControlsProps {
  readonly running: boolean;
  /** Null if there is nothing to pause. */
  readonly onPause: (() => void) | null;
  /** The record button. */
  readonly record: ReactNode;
  /** Null while there is no picture to save. */
  readonly onSnapshot: ((withBoxes: boolean) => void) | null;
  readonly mirror: boolean;
  readonly onMirror: () => void;
  readonly showHeadPose: boolean;
  readonly onShowHeadPose: () => void;
  readonly fullScreen: boolean;
  /** Null if the browser has no full screen for elements. */
  readonly onFullScreen: (() => void) | null;
  readonly showPerformance: boolean;
  readonly onShowPerformance: (show: boolean) => void;
  readonly cameras: readonly CameraInfo[];
  readonly cameraId: string | null;
  readonly onCamera: (id: string) => void;
  readonly shortcuts: boolean;
  readonly onShortcuts: (enabled: boolean) => void;
}

export function Controls(props: ControlsProps) {
  const { running, fullScreen, mirror, showPerformance, onPause, onFullScreen, shortcuts } = props;
  return (
    <div className={styles['controls']} role="group" aria-label={t('Camera controls')}>
      {onPause && (
        <Hint hint={running ? t('Pause: the camera goes off') : t('Resume')} shortcut={shortcuts ? t('Space') : null}>
          <AriaButton className={styles['button']} onPress={onPause}>
            {running ? <PauseIcon /> : <PlayIcon />}
            <span>{running ? t('Pause') : t('Resume')}</span>
          </AriaButton>
        </Hint>
      )}
      {props.record}
      <SnapshotMenu onSnapshot={props.onSnapshot} />
      <Hint hint={t('Mirrors what you see; the data stays as it is')} shortcut={shortcuts ? 'M' : null}>
        <ToggleButton className={styles['button']} isSelected={mirror} onChange={props.onMirror}>
          <MirrorIcon />
          <span>{t('Mirror')}</span>
        </ToggleButton>
      </Hint>
      <Hint hint={t('Draw where each head faces')} shortcut={shortcuts ? 'H' : null}>
        <ToggleButton className={[styles['button'], styles['secondary']].join(' ')} isSelected={props.showHeadPose} onChange={props.onShowHeadPose}>
          <PoseIcon />
          <span>{t('Head pose')}</span>
        </ToggleButton>
      </Hint>
      {onFullScreen && (
        <Hint hint={fullScreen ? t('Leave full screen') : t('Full screen')} shortcut={shortcuts ? 'F' : null}>
          <AriaButton className={[styles['button'], styles['secondary']].join(' ')} onPress={onFullScreen}>
            {fullScreen ? <ExitFullScreenIcon /> : <FullScreenIcon />}
            <span>{fullScreen ? t('Leave full screen') : t('Full screen')}</span>
          </AriaButton>
        </Hint>
      )}
      <Hint hint={t('Frame rate and times')}>
        <ToggleButton className={[styles['button'], styles['secondary']].join(' ')} isSelected={showPerformance} onChange={props.onShowPerformance}>
          <GaugeIcon />
          <span>{t('Performance')}</span>
        </ToggleButton>
      </Hint>
      <FlipButton cameras={props.cameras} cameraId={props.cameraId} onCamera={props.onCamera} />
      <ShortcutHelp enabled={props.shortcuts} onChange={props.onShortcuts} />
      <CameraSelect cameras={props.cameras} cameraId={props.cameraId} onCamera={props.onCamera} />
    </div>
  );
}

/** On a phone or tablet, switches to the next camera (front to back and so on). */
function FlipButton({ cameras, cameraId, onCamera }: CameraSelectProps) {
  if (cameras.length < 2) return null;
  const next = cameras[(cameras.findIndex(({ id }) => id === cameraId) + 1) % cameras.length];
  return (
    <AriaButton className={[styles['button'], styles['touchOnly']].join(' ')} onPress={() => next && onCamera(next.id)}>
      <FlipIcon />
      <span>{t('Flip')}</span>
    </AriaButton>
  );
}

function SnapshotMenu({ onSnapshot }: { readonly onSnapshot: ControlsProps['onSnapshot'] }) {
  return (
    <MenuTrigger>
      <AriaButton className={styles['button']} isDisabled={!onSnapshot}>
        <SnapshotIcon />
        <span>{t('Snapshot')}</span>
      </AriaButton>
      <Popover className={styles['popover'] ?? ''} placement="top start">
        <Menu className={styles['list'] ?? ''} aria-label={t('Snapshot')} onAction={(key) => onSnapshot?.(key === 'boxes')}>
          <WordedMenuItem id="boxes" className={styles['item'] ?? ''} words={t('Save with boxes')} />
          <WordedMenuItem id="plain" className={styles['item'] ?? ''} words={t('Save picture only')} />
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

type CameraSelectProps = Pick<ControlsProps, 'cameras' | 'cameraId' | 'onCamera'>;

function CameraSelect({ cameras, cameraId, onCamera }: CameraSelectProps) {
  if (cameras.length === 0) return null;
  return (
    <Select
      className={styles['select'] ?? ''}
      aria-label={t('Camera')}
      value={cameras.some(({ id }) => id === cameraId) ? cameraId : null}
      onChange={(key) => {
        if (typeof key === 'string') onCamera(key);
      }}
    >
      <AriaButton className={styles['button']}>
        {/* react-aria's own placeholder is bare text, which React could not replace on a translated page. */}
        <SelectValue className={styles['selected'] ?? ''}>{({ selectedText }) => <span>{selectedText || t('Choose a camera')}</span>}</SelectValue>
        <ChevronIcon />
      </AriaButton>
      <Popover className={styles['popover'] ?? ''} placement="top end">
        <ListBox className={styles['list'] ?? ''} items={cameras}>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className={styles['item'] ?? ''}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
