import { ShieldIcon } from '../shared/icons';
import styles from './Footer.module.css';

/** What the page promises and what it cannot do, always within reach. */
export function Footer({ onAbout }: { readonly onAbout: () => void }) {
  return (
    <footer className={styles['footer']}>
      <details className={styles['note']}>
        <summary>
          <ShieldIcon />
          Nothing leaves this device
        </summary>
        <p>
          Pictures are read inside this tab; there is no server that could receive them. Check it yourself: cut the
          network once the page has loaded, and everything still works. Or open your browser’s developer tools, choose
          Network, and read a photo: no request goes anywhere but to this site’s own files. The page also forbids itself
          any other connection (its content security policy says <code>connect-src 'self'</code>).
        </p>
      </details>
      <details className={styles['note']}>
        <summary>
          <span aria-hidden="true">?</span>
          What this can and cannot tell you
        </summary>
        <p>
          Mien names the expression that a face shows, and how sure it is. An expression is not a feeling: people smile
          when they are nervous and look stern when they think. It is wrong at times, more often for faces that are
          small, turned away, dark or partly covered, and for expressions between two names. Do not use it to judge
          people: in the European Union, inferring emotions at work and in schools is prohibited.{' '}
          <button type="button" className={styles['link']} onClick={onAbout}>
            How accurate is it?
          </button>
        </p>
      </details>
    </footer>
  );
}
