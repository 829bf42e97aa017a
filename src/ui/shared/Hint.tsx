import { lazy, Suspense, useRef, type ReactNode } from 'react';
// What react-aria-components' own TooltipTrigger passes its events on with; that one brings the tooltip's placing along.
import { FocusableProvider } from 'react-aria/private/interactions/useFocusable';
import { useTooltipTrigger } from 'react-aria/useTooltipTrigger';
import { useTooltipTriggerState } from 'react-stately/useTooltipTriggerState';

/** What places it beside its control is fetched with the first hint that is shown. */
const HintText = lazy(() => import('./HintText').then((module) => ({ default: module.HintText })));

interface Props {
  readonly hint: string;
  /** The key that does the same. */
  readonly shortcut?: string | null;
  /** The control, one. */
  readonly children: ReactNode;
}

/** A control with a word on what it does: for a pointer that rests on it, and for the keyboard's focus. */
export function Hint({ hint, shortcut = null, children }: Props) {
  const control = useRef<HTMLElement>(null);
  const state = useTooltipTriggerState({ delay: 500 });
  const { triggerProps, tooltipProps } = useTooltipTrigger({}, state, control);
  return (
    <>
      <FocusableProvider {...triggerProps} ref={control}>
        {children}
      </FocusableProvider>
      {state.isOpen && (
        <Suspense fallback={null}>
          <HintText {...tooltipProps} state={state} triggerRef={control} hint={hint} shortcut={shortcut} />
        </Suspense>
      )}
    </>
  );
}
