import styles from './outline.module.css';

/** A definition list of a page's inputs or results. */
export function Outline({ rows }: { readonly rows: readonly (readonly [name: string, words: string])[] }) {
  return (
    <dl className={styles['outline']}>
      {rows.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
