import { useEffect, useState } from 'react';
import { Dialog } from '../shared/Dialog';
import styles from './AboutDialog.module.css';
import { describeCard, type CardSection } from './model-card';

type CardState = { readonly status: 'loading' } | { readonly status: 'failed' } | { readonly status: 'ready'; readonly sections: readonly CardSection[] };

export default function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const [card, setCard] = useState<CardState>({ status: 'loading' });

  useEffect(() => {
    const abort = new AbortController();
    fetch(new URL('models/mien-s/card.json', document.baseURI), { signal: abort.signal })
      .then((response) => (response.ok ? (response.json() as Promise<unknown>) : Promise.reject(new Error(`${response.status}`))))
      .then((json) => setCard({ status: 'ready', sections: describeCard(json) }))
      .catch(() => {
        if (!abort.signal.aborted) setCard({ status: 'failed' });
      });
    return () => abort.abort();
  }, []);

  return (
    <Dialog title="About this model" onClose={onClose}>
      <div className={styles['about']}>
        <p>
          Mien finds faces with Google’s BlazeFace and reads each with a small network of its own, which looks at the
          face alone, in 48 × 48 shades of grey. It gives seven probabilities. It reads expressions, not feelings.
        </p>
        {card.status === 'loading' && <p role="status">Reading the model’s card…</p>}
        {card.status === 'failed' && <p role="alert">The model’s card could not be read. Check your connection and open this again.</p>}
        {card.status === 'ready' && card.sections.map((section) => <Section key={section.title} section={section} />)}
        <p className={styles['hint']}>
          Head turns are estimated from six points of the face, in degrees, as seen in the picture. “Uncertain” means
          that no expression stands out enough to be named.
        </p>
      </div>
    </Dialog>
  );
}

function Section({ section }: { readonly section: CardSection }) {
  return (
    <section>
      <h3>{section.title}</h3>
      <dl className={styles['facts']}>
        {section.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
