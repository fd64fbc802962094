import { useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import { MENU, MenuEntries, type MenuEntry } from './open-menu-entries.tsx';

interface MenuAtProps {
  label: string;
  entries: readonly MenuEntry[];
  /** Where on the screen, in pixels. */
  x: number;
  y: number;
  onClose: () => void;
}

/** A menu where somebody pointed. Focus goes back to where it was. */
export function MenuAt({ label, entries, x, y, onClose }: MenuAtProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [before] = useState(() => document.activeElement);
  return (
    <>
      <span ref={place} className="fixed size-px" style={{ left: x, top: y }} />
      <Popover
        isOpen
        aria-label={label}
        onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
        triggerRef={place}
        placement="bottom start"
        offset={2}
        className={MENU}
      >
        <MenuEntries label={label} entries={entries} onClose={onClose} opener={() => before} />
      </Popover>
    </>
  );
}
