import { MenuItem, MenuSection } from 'react-aria-components/Menu';
import { CheckIcon } from './icons';
import styles from './Menu.module.css';

interface Props {
  readonly words: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

const ID = 'on';

/** An on/off option below a menu's items; choosing it keeps the menu open. */
export function MenuChoice({ words, isOn, onChange }: Props) {
  return (
    <MenuSection
      className={styles['choice'] ?? ''}
      aria-label={words}
      selectionMode="multiple"
      shouldCloseOnSelect={false}
      selectedKeys={isOn ? [ID] : []}
      onSelectionChange={(keys) => onChange(keys === 'all' || keys.has(ID))}
    >
      <MenuItem id={ID} textValue={words} className={styles['item'] ?? ''}>
        <span className={styles['check']}>{isOn && <CheckIcon />}</span>
        {words}
      </MenuItem>
    </MenuSection>
  );
}
