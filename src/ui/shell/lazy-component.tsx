import { Suspense, use, type ComponentType, type ReactNode } from 'react';
import { PartBoundary } from './PartBoundary';
import { RetryableImport } from './retryable-import';

interface PartProps {
  /** Closes the part, if it can be closed. */
  readonly onClose?: () => void;
}

/**
 * A part of the interface in its own file. If it fails to load or throws, a message
 * replaces it, and the rest of the page keeps working.
 *
 * @param early the first fetch, if already started.
 */
export function lazyComponent<P extends object>(
  load: () => Promise<{ readonly default: ComponentType<P> }>,
  loading: ReactNode = null,
  early?: ReturnType<typeof load>,
): ComponentType<P & PartProps> {
  const source = new RetryableImport(load, early);
  function Content(props: P) {
    const { default: Fetched } = use(source.fetch());
    return <Fetched {...props} />;
  }
  return function Part(props: P & PartProps) {
    return (
      <PartBoundary onError={() => source.forget()} onClose={props.onClose ?? null}>
        <Suspense fallback={loading}>
          <Content {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}
