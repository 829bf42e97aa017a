import { MenuItem, type MenuItemProps } from 'react-aria-components/Menu';

interface Props extends Omit<MenuItemProps, 'children' | 'textValue'> {
  readonly words: string;
}

/** A text-only menu item. `textValue` enables type-ahead: react-aria finds no text inside the elements that jsx-runtime.ts adds. */
export function WordedMenuItem({ words, ...props }: Props) {
  return (
    <MenuItem {...props} textValue={words}>
      {words}
    </MenuItem>
  );
}
