import { cloneElement, lazy, Suspense, useState } from 'react';
import type { MenuProps } from './open-menu.tsx';

const load = () => import('./open-menu.tsx').then(({ OpenMenu }) => ({ default: OpenMenu }));
const OpenMenu = lazy(load);

/** A button with a menu. What opens it is fetched when somebody comes near: most menus stay closed. */
export function Menu(props: MenuProps) {
  const [isWanted, setWanted] = useState(false);
  const near = (): void => void load().catch(() => undefined);
  const closed = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPress: () => setWanted(true),
    onPointerEnter: near,
    onFocus: near,
  });
  if (!isWanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenMenu {...props} />
    </Suspense>
  );
}

export type { MenuEntry, MenuProps } from './open-menu.tsx';
