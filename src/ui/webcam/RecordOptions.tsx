import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { writableFormats } from '../../export/video/codec-choice';
import { VIDEO_FORMATS, type VideoFormat } from '../../export/video/recording-options';
import { RECORD_LOOKS } from '../../app/settings';
import { useSettings } from '../use-settings';
import { Hint } from '../shared/Hint';
import { ChevronIcon } from '../shared/icons';
import { LOOKS } from '../../words/recording';
import { t } from '../../words/i18n';
import styles from './record-options.module.css';
import controls from './controls.module.css';
import { WordedMenuItem } from '../shared/WordedMenuItem';

const FORMAT_NAMES: Readonly<Record<VideoFormat, string>> = { mp4: 'MP4 (H.264)', webm: 'WebM (VP9)' };

/** The size requested from cameras: a browser that can encode it can also encode smaller ones. */
const USUAL_SIZE = { width: 1280, height: 720 };
const USUAL_FRAME_RATE = 30;

/** Chooses what a recording keeps; stored in the settings. */
export function RecordOptions({ isDisabled }: { readonly isDisabled: boolean }) {
  const [{ recordLook, recordFormat }, update] = useSettings();
  /** Null until the browser was queried. */
  const [writable, setWritable] = useState<readonly VideoFormat[] | null>(null);
  const ask = (open: boolean) => {
    if (open && !writable) void writableFormats(USUAL_SIZE, USUAL_FRAME_RATE).then(setWritable);
  };
  const withoutVideo = writable?.length === 0;
  const name = t(LOOKS[recordLook].name);
  return (
    <MenuTrigger onOpenChange={ask}>
      <Hint hint={t('What is recorded')}>
        <AriaButton className={[controls['button'], controls['secondary'], styles['button']].join(' ')} isDisabled={isDisabled} aria-label={t('What is recorded: {name}', { name })}>
          <span className={styles['name']}>{name}</span>
          <ChevronIcon />
        </AriaButton>
      </Hint>
      <Popover className={controls['popover'] ?? ''} placement="top start">
        <Menu className={controls['list'] ?? ''} aria-label={t('What is recorded')}>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[recordLook]}
            onSelectionChange={(keys) => {
              const look = RECORD_LOOKS.find((known) => keys !== 'all' && keys.has(known));
              if (look) update({ recordLook: look });
            }}
          >
            <Header className={styles['header'] ?? ''}>{t('Keep on this device')}</Header>
            {RECORD_LOOKS.map((look) => (
              <MenuItem key={look} id={look} textValue={t(LOOKS[look].name)} isDisabled={withoutVideo && look !== 'data'} className={styles['item'] ?? ''}>
                <span slot="label">{t(LOOKS[look].name)}</span>
                <Text slot="description" className={styles['detail'] ?? ''}>
                  {t(LOOKS[look].detail)}
                </Text>
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[recordFormat]}
            onSelectionChange={(keys) => {
              const format = VIDEO_FORMATS.find((known) => keys !== 'all' && keys.has(known));
              if (format) update({ recordFormat: format });
            }}
          >
            <Header className={styles['header'] ?? ''}>{withoutVideo ? t('This browser cannot write videos') : t('Format of the video')}</Header>
            {VIDEO_FORMATS.map((format) => (
              <WordedMenuItem key={format} id={format} isDisabled={writable !== null && !writable.includes(format)} className={styles['item'] ?? ''} words={FORMAT_NAMES[format]} />
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
