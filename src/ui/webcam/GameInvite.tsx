import { useState, useSyncExternalStore } from 'react';
import type { LiveSession } from '../../app/live/live-session';
import { Button } from '../shared/Button';
import { ExpressionMark } from '../shared/ExpressionMark';
import { FacesCardDialog } from './FacesCardDialog';
import { t } from '../../words/i18n';
import styles from './game.module.css';

interface Props {
  readonly session: Pick<LiveSession, 'game' | 'neutral'>;
  /** True while the camera shows a picture. */
  readonly live: boolean;
}

/** Offers the game, and its result card afterwards. */
export function GameInvite({ session: { game, neutral }, live }: Props) {
  const state = useSyncExternalStore(game.subscribe, game.getSnapshot);
  /** The game whose card was closed. */
  const [closed, setClosed] = useState<unknown>(null);
  if (state.phase === 'playing') return null;
  const isOver = state.phase === 'over';
  if (!live && !isOver) return null;
  return (
    <section className={styles['invite']} aria-labelledby="game-title">
      <h4 id="game-title">{t('Make these seven faces')}</h4>
      <div className={styles['marks']} aria-hidden="true">
        <ExpressionMark expression="happy" className={styles['smallMark']} />
        <ExpressionMark expression="surprise" className={styles['smallMark']} />
        <ExpressionMark expression="angry" className={styles['smallMark']} />
      </div>
      <p>{t('A game of half a minute: one expression after the other, and a card to keep or share at its end.')}</p>
      <div className={styles['buttons']}>
        {isOver && (
          <Button variant="primary" onPress={() => setClosed(null)}>
            {t('Show the card')}
          </Button>
        )}
        <Button isDisabled={!live} onPress={() => game.start()}>
          {isOver ? t('Play again') : t('Start the game')}
        </Button>
      </div>
      {isOver && closed !== state.rounds && (
        <FacesCardDialog rounds={state.rounds} rest={state.neutral} neutral={neutral} onAgain={live ? () => game.start() : null} onClose={() => setClosed(state.rounds)} />
      )}
    </section>
  );
}
