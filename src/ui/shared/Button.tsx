import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import styles from './Button.module.css';

interface Props extends Omit<ButtonProps, 'className' | 'style'> {
  /** `primary`: the one main action of a view; `danger`: what cannot be undone; `quiet`: no frame until pointed at. */
  readonly variant?: 'primary' | 'danger' | 'plain' | 'quiet';
  /** A square button for a single icon; it needs an `aria-label`. */
  readonly icon?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = 'plain', icon = false, ...props }: Props) {
  return <AriaButton {...props} className={[styles['button'], styles[variant], icon ? styles['icon'] : ''].join(' ')} />;
}
