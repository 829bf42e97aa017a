import { useState, type Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { Hint } from './Hint';
import styles from './Button.module.css';

interface Shared extends Omit<ButtonProps, 'className' | 'style' | 'aria-label'> {
  /** `primary`: the view's one main action; `danger`: cannot be undone; `quiet`: no border until hovered. */
  readonly variant?: 'primary' | 'danger' | 'plain' | 'quiet';
  readonly ref?: Ref<HTMLButtonElement>;
}

interface Worded extends Shared {
  readonly icon?: false;
  readonly 'aria-label'?: string;
}

/** A square button with a single icon; its name is the tooltip. */
interface Icon extends Shared {
  readonly icon: true;
  readonly 'aria-label': string;
}

/** Overrides the press handlers and form submission that a surrounding component (e.g. a menu trigger) would add. */
const UNPRESSABLE = { type: 'button', onKeyDown: undefined, onKeyUp: undefined, onPointerDown: undefined, onMouseDown: undefined, onTouchStart: undefined, onClick: undefined } as const;

/** A button that is disabled while focused keeps the focus until the user moves it. */
export function Button({ variant = 'plain', icon = false, isDisabled = false, onFocusChange, onPress, ...props }: Worded | Icon) {
  const [isFocused, setFocused] = useState(false);
  const button = (
    <AriaButton
      {...props}
      isDisabled={isDisabled && !isFocused}
      // Not `isPending`: it announces the button's name again each time the work starts or ends.
      {...(isDisabled ? { 'aria-disabled': true, render: (given) => <button {...given} {...UNPRESSABLE} /> } : onPress && { onPress })}
      onFocusChange={(focused) => {
        setFocused(focused);
        onFocusChange?.(focused);
      }}
      className={[styles['button'], styles[variant], icon ? styles['icon'] : ''].join(' ')}
    />
  );
  return icon ? <Hint hint={props['aria-label'] ?? ''}>{button}</Hint> : button;
}
