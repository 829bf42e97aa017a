import type { OfflineState } from '../../app/offline-copy';
import { ShieldIcon } from '../shared/icons';
import { Rich } from '../shared/Rich';
import { type Phrase, msg, t } from '../../words/i18n';
import styles from './Footer.module.css';
import { useOfflineState } from './use-offline-state';

const OFFLINE_WORDS: Readonly<Record<OfflineState, Phrase>> = {
  coming: msg('A copy of the app is still on its way to this device. Once it is complete, it says here that the page works offline.'),
  complete: msg('The page works offline now: cut the network, and everything still works.'),
  'next-load': msg('A copy of the app is complete on this device: reload the page once, cut the network, and everything still works.'),
  none: msg('No copy of the app could be kept on this device, so it needs the network for what was not opened yet.'),
};

/** The page's privacy promise and its limitations, on every page. */
export function Footer({ onAbout }: { readonly onAbout: () => void }) {
  const offline = useOfflineState();
  return (
    <footer className={styles['footer']} data-unprinted>
      <details className={styles['note']}>
        <summary>
          <ShieldIcon />
          {t('Nothing leaves this device')}
        </summary>
        <p>
          <Rich
            message={msg(
              'Pictures are read inside this tab; there is no server that could receive them. Check it yourself: open your browser’s developer tools, choose Network, and read a photo: no request goes anywhere but to this site’s own files. The page also forbids itself any other connection (its content security policy says <code>{rule}</code>).',
            )}
            values={{ rule: "connect-src 'self'" }}
            parts={{ code: (text) => <code>{text}</code> }}
          />
        </p>
        <p>
          {t('Photos that you open, videos of up to 256 MB that are still to be analysed, sessions, examples that you keep, and the Lab’s labelled faces, models and training are kept in this browser so that a reload loses nothing. They stay until you remove them, or until you delete this site’s data.')}
        </p>
        <p>{t(OFFLINE_WORDS[offline])}</p>
      </details>
      <details className={styles['note']}>
        <summary>
          <span aria-hidden="true">?</span>
          {t('What this can and cannot tell you')}
        </summary>
        <p>
          {t('Mien names the expression that a face shows, and how sure it is. An expression is not a feeling: people smile when they are nervous and look stern when they think. It is wrong at times, more often for faces that are small, turned away, dark or partly covered, and for expressions between two names. Do not use it to judge people: in the European Union, inferring emotions at work and in schools is prohibited.')}{' '}
          <button type="button" className={styles['link']} onClick={onAbout}>
            {t('How accurate is it?')}
          </button>
        </p>
      </details>
    </footer>
  );
}
