import { t } from '../../words/i18n';
import { useSettings } from '../use-settings';
import { Button } from './Button';
import { CheckChoice } from './CheckChoice';
import { Icon } from './icons';

interface Props {
  readonly words: string;
  /** True if the report contains pictures of people, which can be excluded. */
  readonly hasPictures: boolean;
  readonly isDisabled?: boolean;
  readonly onPrint: () => void;
}

/** A button that prints a report, with or without pictures of people. */
export function PrintReport({ words, hasPictures, isDisabled = false, onPrint }: Props) {
  const [{ picturesOnPaper }, update] = useSettings();
  return (
    <>
      <Button variant="quiet" isDisabled={isDisabled} onPress={onPrint}>
        <PrintIcon />
        {words}
      </Button>
      {hasPictures && <CheckChoice words={t('Pictures in reports')} isOn={picturesOnPaper} onChange={(isOn) => update({ picturesOnPaper: isOn })} />}
    </>
  );
}

const PrintIcon = () => (
  <Icon>
    <path d="M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z" />
  </Icon>
);
