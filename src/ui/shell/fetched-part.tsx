import { Component, createRef, Suspense, use, type ComponentType, type ReactNode } from 'react';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import type { Wording } from '../wording';
import { NotFetched, PartSource } from './part-source';

const NOT_FETCHED: Wording = {
  title: 'This part of the page could not be loaded',
  advice: 'Check your connection and try again. Everything else still works. If it stays like this, download what you want to keep, then reload the page.',
};

const BROKEN: Wording = {
  title: 'Something went wrong in this part of the page',
  advice: 'Try again. Everything else still works. If it stays like this, download what you want to keep, then reload the page.',
};

interface PartProps {
  /** Puts the part away, where one can. */
  readonly onClose?: () => void;
}

/**
 * A part of the interface with a file of its own. Where that does not come, or the part breaks, a
 * message stands in its place, and the rest of the page goes on.
 *
 * @param early the first fetch, where it is under way already.
 */
export function fetchedPart<P extends PartProps>(
  load: () => Promise<{ readonly default: ComponentType<P> }>,
  loading: ReactNode = null,
  early?: ReturnType<typeof load>,
): ComponentType<P> {
  const source = new PartSource(load, early);
  function Content(props: P) {
    const { default: Fetched } = use(source.fetch());
    return <Fetched {...props} />;
  }
  return function Part(props: P) {
    return (
      <PartBoundary onError={() => source.forget()} onClose={props.onClose ?? null}>
        <Suspense fallback={loading}>
          <Content {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}

interface BoundaryProps {
  readonly onError: () => void;
  readonly onClose: (() => void) | null;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly wording: Wording | null;
}

/** React catches errors of rendering only in a class. */
class PartBoundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { wording: null };
  readonly #message = createRef<HTMLDivElement>();

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { wording: error instanceof NotFetched ? NOT_FETCHED : BROKEN };
  }

  override componentDidCatch(): void {
    this.props.onError();
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
          {onClose && <Button onPress={onClose}>Close</Button>}
        </Message>
      </div>
    );
  }

  readonly #tryAgain = () => {
    // The button goes, and the focus must not go with it to the top of the page.
    document.getElementById('main')?.focus({ preventScroll: true });
    this.setState({ wording: null });
  };
}
