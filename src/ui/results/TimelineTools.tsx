import { ToggleButton } from 'react-aria-components/ToggleButton';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import { expressionName } from '../../words/expression-style';
import { expressionFill } from '../expression-style';
import { Button } from '../shared/Button';
import { FitIcon, ZoomInIcon, ZoomOutIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './ExpressionTimeline.module.css';

interface Props {
  readonly hidden: ReadonlySet<Expression>;
  readonly onHidden: (hidden: ReadonlySet<Expression>) => void;
  /** True if only part of the recording is in view. */
  readonly zoomed: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
}

const ZOOM_FACTOR = 0.5;

/** Chooses which curves are drawn, and the zoom. */
export function TimelineTools({ hidden, onHidden, zoomed, onZoom, onFit }: Props) {
  const show = (expression: Expression, shown: boolean) =>
    onHidden(new Set(EXPRESSIONS.filter((each) => (each === expression ? !shown : hidden.has(each)))));
  return (
    <div className={styles['tools']}>
      <ul className={styles['legend']} aria-label={t('Curves')}>
        {EXPRESSIONS.map((e) => (
          <li key={e}>
            <ToggleButton className={styles['toggle'] ?? ''} isSelected={!hidden.has(e)} onChange={(shown) => show(e, shown)}>
              <span {...expressionFill(e)} data-curve />
              {expressionName(e)}
            </ToggleButton>
          </li>
        ))}
      </ul>
      <div className={styles['zoom']} data-unprinted role="group" aria-label={t('Zoom')}>
        <Button variant="quiet" icon aria-label={t('Zoom out')} isDisabled={!zoomed} onPress={() => onZoom(1 / ZOOM_FACTOR)}>
          <ZoomOutIcon />
        </Button>
        <Button variant="quiet" icon aria-label={t('Zoom in')} onPress={() => onZoom(ZOOM_FACTOR)}>
          <ZoomInIcon />
        </Button>
        <Button variant="quiet" icon aria-label={t('Show all')} isDisabled={!zoomed} onPress={onFit}>
          <FitIcon />
        </Button>
      </div>
    </div>
  );
}
