import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import styles from './Toggle.module.css';

interface Props {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** A switch, preceded by its label. */
export function Toggle({ label, value, onChange }: Props) {
  return (
    <SwitchField isSelected={value} onChange={onChange}>
      <SwitchButton className={styles['toggle'] ?? ''}>
        {label}
        <span className={styles['lever']} aria-hidden="true" />
      </SwitchButton>
    </SwitchField>
  );
}
