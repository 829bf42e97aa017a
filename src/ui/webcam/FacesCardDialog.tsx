import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { drawGameCard, gameCardFile, wordGameCard } from '../../app/live/game-card';
import type { MyNeutral } from '../../app/live/my-neutral';
import type { PlayersNeutral, Round } from '../../app/live/seven-faces';
import { canShareFiles, copyImage, shareFile } from '../../app/files/share-file';
import { saveFile } from '../../app/files/save-file';
import { MienError } from '../../engine/errors';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { DownloadIcon, ShareIcon } from '../shared/icons';
import { Message } from '../shared/Message';
import { Toggle } from '../shared/Toggle';
import { useColorScheme } from '../use-color-scheme';
import { t } from '../../words/i18n';
import styles from './game.module.css';

interface Props {
  readonly rounds: readonly Round<HTMLCanvasElement>[];
  /** The player's neutral face; null if too little of it was seen. */
  readonly rest: PlayersNeutral | null;
  readonly neutral: MyNeutral;
  /** Null while there is no camera to play with. */
  readonly onAgain: (() => void) | null;
  readonly onClose: () => void;
}

/** The result card of a finished game, with ways to export it. */
export function FacesCardDialog({ rounds, rest, neutral, onAgain, onClose }: Props) {
  const [withoutPictures, setWithoutPictures] = useState(false);
  const [error, setError] = useState<MienError | null>(null);
  const [done, setDone] = useState('');
  const scheme = useColorScheme();
  const card = { rounds, withPictures: !withoutPictures, scheme };
  const run = (work: () => Promise<void>, word: string) => {
    setError(null);
    setDone('');
    work().then(
      () => setDone(word),
      (thrown: unknown) => setError(MienError.from(thrown)),
    );
  };
  const save = async () => {
    const file = await gameCardFile(card);
    saveFile(file, file.name);
  };
  return (
    <Dialog title={t('Your seven faces')} onClose={onClose}>
      <div className={styles['result']}>
        <CardCanvas {...card} />
        <Toggle label={t('Without pictures')} value={withoutPictures} onChange={setWithoutPictures} />
        <p className={styles['quiet']}>{t('The card and its pictures are in this page’s memory only, until you save, copy or share it.')}</p>
        <div className={styles['buttons']}>
          <Button variant="primary" onPress={() => run(save, t('The card was saved.'))}>
            <DownloadIcon />
            {t('Save picture')}
          </Button>
          <Button onPress={() => run(() => copyImage(gameCardFile(card)), t('The card was copied.'))}>{t('Copy picture')}</Button>
          {canShareFiles() && (
            <Button onPress={() => run(async () => shareFile(await gameCardFile(card)), '')}>
              <ShareIcon />
              {t('Share…')}
            </Button>
          )}
          {onAgain && (
            <Button variant="quiet" onPress={onAgain}>
              {t('Play again')}
            </Button>
          )}
        </div>
        <p className={styles['quiet']} role="status">
          {done}
        </p>
        {error && <Message error={error} />}
        {rest && <UseRest rest={rest} neutral={neutral} />}
      </div>
    </Dialog>
  );
}

function CardCanvas({ rounds, withPictures, scheme }: Parameters<typeof drawGameCard>[1]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawGameCard(canvas.current, { rounds, withPictures, scheme });
  }, [rounds, withPictures, scheme]);
  return <canvas ref={canvas} className={styles['card']} role="img" aria-label={wordGameCard(rounds)} />;
}

/** Offers to show live results relative to the neutral face found during the game. */
function UseRest({ rest, neutral }: { readonly rest: PlayersNeutral; readonly neutral: MyNeutral }) {
  const state = useSyncExternalStore(neutral.subscribe, neutral.getSnapshot);
  const isUsed = state.phase === 'on' && state.baseline === rest.baseline;
  return (
    <div className={styles['rest']}>
      <p role="status">
        {isUsed
          ? t('Live shows you relative to your neutral face now.')
          : t('Your resting face of this game can be your neutral: Live then shows the change from it.')}
      </p>
      {isUsed ? (
        <Button onPress={() => neutral.stop()}>{t('Show without the baseline')}</Button>
      ) : (
        <Button onPress={() => neutral.adopt(rest.track, rest.baseline, rest.look)}>{t('Set my neutral')}</Button>
      )}
    </div>
  );
}
