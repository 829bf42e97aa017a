import { Component, createRef, type ReactNode } from 'react';
import { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { ImportFailed } from './retryable-import';
import { msg, t } from '../../words/i18n';

const NOT_FETCHED = {
  title: msg('This part of the page could not be loaded'),
  advice: msg('Check your connection and try again. Everything else still works. If the problem persists, download what you want to keep, then reload the page.'),
};

const BROKEN = {
  title: msg('Something went wrong in this part of the page'),
  advice: msg('Try again. Everything else still works. If the problem persists, download what you want to keep, then reload the page.'),
};

interface Props {
  /** Called before it can be tried again. */
  readonly onError?: () => void;
  /** Puts the part away, where one can. */
  readonly onClose?: (() => void) | null;
  readonly children: ReactNode;
}

interface State {
  readonly failure: { readonly wording: typeof NOT_FETCHED; readonly error: MienError } | null;
}

/**
 * Where a part of the page does not come, or breaks, a message stands in its place with a way to try again, and the
 * rest of the page goes on.
 */
// A class, since React catches errors of rendering in no other.
export class PartBoundary extends Component<Props, State> {
  override readonly state: State = { failure: null };
  readonly #message = createRef<HTMLDivElement>();

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { wording: error instanceof ImportFailed ? NOT_FETCHED : BROKEN, error: MienError.from(error) } };
  }

  override componentDidMount(): void {
    // It failed while another place was shown, so this is the first attempt that the user sees.
    if (this.state.failure?.wording === NOT_FETCHED) this.setState({ failure: null });
  }

  override componentDidCatch(error: unknown): void {
    log.error(`a part of the page broke: ${String(error)}`);
    this.props.onError?.();
    // A dialog's message stands at the top of the page, and the press that asked for it may be at its end.
    this.#message.current?.scrollIntoView({ block: 'nearest' });
  }

  override render(): ReactNode {
    const { failure } = this.state;
    const { children, onClose } = this.props;
    if (!failure) return children;
    return (
      <div ref={this.#message}>
        <Message error={failure.error} wording={{ title: t(failure.wording.title), advice: t(failure.wording.advice) }}>
          <Button onPress={this.#tryAgain}>{t('Try again')}</Button>
          {onClose && <Button onPress={this.#close}>{t('Close')}</Button>}
        </Message>
      </div>
    );
  }

  readonly #tryAgain = () => {
    keepFocus();
    this.setState({ failure: null });
  };

  readonly #close = () => {
    keepFocus();
    this.props.onClose?.();
  };
}

/** The pressed button goes, and the focus must not go with it to the top of the page. */
function keepFocus(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
