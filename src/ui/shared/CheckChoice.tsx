import styles from './CheckChoice.module.css';

interface Props {
  readonly words: string;
  readonly title?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A checkbox next to the buttons it applies to. */
export function CheckChoice({ words, title, isOn, onChange }: Props) {
  return (
    <label className={styles['choice']} title={title}>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      {words}
    </label>
  );
}
