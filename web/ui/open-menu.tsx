import { cloneElement, type ComponentProps, type ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger, Popover, Pressable } from 'react-aria-components';
import type { ButtonProps } from './button.tsx';
import { useOpenAtOnce } from './use-open-at-once.ts';

export interface MenuEntry {
  id: string;
  text: string;
  isDanger?: boolean;
  onAction: () => void;
}

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
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Pressable>{pressed}</Pressable>
      <Popover className="min-w-44 rounded-lg border border-line bg-card p-1 shadow-over">
        <AriaMenu aria-label={label} items={entries} className="outline-none">
          {(entry) => (
            <AriaMenuItem
              id={entry.id}
              onAction={entry.onAction}
              className={`cursor-pointer rounded px-2 py-1.5 text-sm outline-none data-[focused]:bg-well ${entry.isDanger ? 'text-bad' : ''}`}
            >
              {entry.text}
            </AriaMenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
