import { Component, createRef, type ReactNode } from 'react';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import type { Wording } from '../../words/errors';
import { ImportFailed } from './retryable-import';

const NOT_FETCHED: Wording = {
  title: 'This part of the page could not be loaded',
  advice: 'Check your connection and try again. Everything else still works. If it stays like this, download what you want to keep, then reload the page.',
};

const BROKEN: Wording = {
  title: 'Something went wrong in this part of the page',
  advice: 'Try again. Everything else still works. If it stays like this, download what you want to keep, then reload the page.',
};

interface Props {
  /** Called before it can be tried again. */
  readonly onError?: () => void;
  /** Puts the part away, where one can. */
  readonly onClose?: (() => void) | null;
  readonly children: ReactNode;
}

interface State {
  readonly wording: Wording | null;
}

/**
 * Where a part of the page does not come, or breaks, a message stands in its place with a way to try again, and the
 * rest of the page goes on.
 */
// A class, since React catches errors of rendering in no other.
export class PartBoundary extends Component<Props, State> {
  override readonly state: State = { wording: null };
  readonly #message = createRef<HTMLDivElement>();

  static getDerivedStateFromError(error: unknown): State {
    return { wording: error instanceof ImportFailed ? NOT_FETCHED : BROKEN };
  }

  override componentDidMount(): void {
    // It failed before it came on screen, as where one has looked elsewhere meanwhile: here nobody has tried yet.
    if (this.state.wording === NOT_FETCHED) this.setState({ wording: null });
  }

  override componentDidCatch(): void {
    this.props.onError?.();
    // A dialog's message stands at the top of the page, and the press that asked for it may be at its end.
    this.#message.current?.scrollIntoView({ block: 'nearest' });
  }

  override render(): ReactNode {
    const { wording } = this.state;
    const { children, onClose } = this.props;
    if (!wording) return children;
    return (
      <div ref={this.#message}>
        <Message wording={wording}>
          <Button onPress={this.#tryAgain}>Try again</Button>
          {onClose && <Button onPress={this.#close}>Close</Button>}
        </Message>
      </div>
    );
  }

  readonly #tryAgain = () => {
    keepFocus();
    this.setState({ wording: null });
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
