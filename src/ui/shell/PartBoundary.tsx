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
  /** Called before the user can try again. */
  readonly onError?: () => void;
  /** Closes the part, if it can be closed. */
  readonly onClose?: (() => void) | null;
  readonly children: ReactNode;
}

interface State {
  readonly failure: { readonly wording: typeof NOT_FETCHED; readonly error: MienError } | null;
}

/**
 * Error boundary of a part of the page: if the part fails to load or throws, a message with a retry button replaces it,
 * and the rest of the page keeps working.
 */
// A class, because React has no hook for error boundaries.
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
    // A dialog's message is at the top of the page, possibly far from the button that opened the dialog.
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

/** The pressed button disappears; without this the focus would move to the top of the page. */
function keepFocus(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
