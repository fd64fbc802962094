import { cloneElement } from 'react';
import type { MenuProps } from './open-menu.tsx';
import { useFetched } from './use-fetched.ts';

const load = () => import('./open-menu.tsx').then(({ OpenMenu }) => OpenMenu);

/** A button with a menu. What opens it is fetched when somebody comes near: most menus stay closed. */
export function Menu(props: MenuProps) {
  const [OpenMenu, open] = useFetched(load);
  if (OpenMenu) return <OpenMenu {...props} />;
  const near = (): void => void load().catch(() => undefined);
  return cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPress: open,
    onPointerEnter: near,
    onFocus: near,
  });
}

export type { MenuEntry } from './open-menu-entries.tsx';
export type { MenuProps } from './open-menu.tsx';
