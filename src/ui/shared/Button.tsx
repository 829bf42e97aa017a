import { useState, type Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { Hint } from './Hint';
import styles from './Button.module.css';

interface Shared extends Omit<ButtonProps, 'className' | 'style' | 'aria-label'> {
  /** `primary`: the one main action of a view; `danger`: what cannot be undone; `quiet`: no frame until pointed at. */
  readonly variant?: 'primary' | 'danger' | 'plain' | 'quiet';
  readonly ref?: Ref<HTMLButtonElement>;
}

interface Worded extends Shared {
  readonly icon?: false;
  readonly 'aria-label'?: string;
}

/** A square button for a single icon, whose name is its tooltip. */
interface Icon extends Shared {
  readonly icon: true;
  readonly 'aria-label': string;
}

/** Nothing that presses, of whatever lies around the button: a menu's trigger, a form. */
const UNPRESSABLE = { type: 'button', onKeyDown: undefined, onKeyUp: undefined, onPointerDown: undefined, onMouseDown: undefined, onTouchStart: undefined, onClick: undefined } as const;

/** One that is disabled by what it does, or at an end, keeps the focus until that goes elsewhere. */
export function Button({ variant = 'plain', icon = false, isDisabled = false, onFocusChange, onPress, ...props }: Worded | Icon) {
  const [isFocused, setFocused] = useState(false);
  const button = (
    <AriaButton
      {...props}
      isDisabled={isDisabled && !isFocused}
      // Not `isPending`, which announces the button's name anew at each end of its work.
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
