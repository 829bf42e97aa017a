import { MenuItem, type MenuItemProps } from 'react-aria-components/Menu';

interface Props extends Omit<MenuItemProps, 'children' | 'textValue'> {
  readonly words: string;
}

/** A menu item of words alone. Typing their first letters leads to it: react-aria finds text in no element (jsx-runtime.ts). */
export function WordedMenuItem({ words, ...props }: Props) {
  return (
    <MenuItem {...props} textValue={words}>
      {words}
    </MenuItem>
  );
}
