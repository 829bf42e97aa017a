import { Suspense, use, type ComponentType, type ReactNode } from 'react';
import { PartBoundary } from './PartBoundary';
import { RetryableImport } from './retryable-import';

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
