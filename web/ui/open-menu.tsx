import { cloneElement, type ComponentProps, type ReactElement } from 'react';
import { MenuTrigger, Popover, Pressable } from 'react-aria-components';
import type { ButtonProps } from './button.tsx';
import { MENU, MenuEntries, type MenuEntry } from './open-menu-entries.tsx';
import { useOpenAtOnce } from './use-open-at-once.ts';

export interface MenuProps {
  label: string;
  entries: readonly MenuEntry[];
  /** A Button. */
  trigger: ReactElement<ButtonProps>;
}

export function OpenMenu({ label, entries, trigger }: MenuProps) {
  const { trigger: button, isOpen, setOpen } = useOpenAtOnce();
  // SAFETY: a Button hands everything it is given to its element
  const pressed = cloneElement(trigger, { ref: button }) as unknown as ComponentProps<typeof Pressable>['children'];
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={(next) => setOpen(next && trigger.props.isPending !== true)}>
      <Pressable>{pressed}</Pressable>
      <Popover className={MENU}>
        <MenuEntries label={label} entries={entries} onClose={() => setOpen(false)} opener={() => button.current} />
      </Popover>
    </MenuTrigger>
  );
}
