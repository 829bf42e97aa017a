import { lazy, Suspense, useRef, type ReactNode } from 'react';
// The event provider inside react-aria-components' TooltipTrigger, which would also load the positioning code.
import { FocusableProvider } from 'react-aria/private/interactions/useFocusable';
import { useTooltipTrigger } from 'react-aria/useTooltipTrigger';
import { useTooltipTriggerState } from 'react-stately/useTooltipTriggerState';

/** The tooltip's positioning code, loaded when the first hint is shown. */
const HintText = lazy(() => import('./HintText').then((module) => ({ default: module.HintText })));

interface Props {
  readonly hint: string;
  /** Keyboard shortcut for the same action. */
  readonly shortcut?: string | null;
  /** A single control. */
  readonly children: ReactNode;
}

/** A control with a tooltip, shown on hover and on keyboard focus. */
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
