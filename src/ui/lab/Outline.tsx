import styles from './outline.module.css';

/** A few things, each with a name and what it is: what a page takes, or what comes out of it. */
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
