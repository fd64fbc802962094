import { lazy, type MouseEvent, type ReactNode, Suspense, useState } from 'react';
import { useTextsOf } from '../text/index.tsx';
import type { MenuEntry } from '../ui/open-menu-entries.tsx';
import { editorTexts } from './texts.ts';

const MenuAt = lazy(() => import('../ui/open-menu-at.tsx').then((module) => ({ default: module.MenuAt })));

/** What the menu is about: what is chosen, a connection by its key, or a place. */
export type About = { kind: 'chosen'; ids: readonly string[] } | { kind: 'edge'; key: string } | { kind: 'place' };

interface CanvasMenuUse {
  selected: readonly string[];
  onSelect: (ids: string[]) => void;
  /** `at` is where on the screen. */
  entriesOf: (about: About, at: { x: number; y: number }) => MenuEntry[];
}

/** The menu of the right mouse button, or of the menu key on what has the focus. */
export function useCanvasMenu({ selected, onSelect, entriesOf }: CanvasMenuUse): {
  menu: ReactNode;
  onContextMenu: (event: MouseEvent) => void;
} {
  const words = useTextsOf(editorTexts);
  const [open, setOpen] = useState<{ about: About; x: number; y: number }>();
  const onContextMenu = (event: MouseEvent): void => {
    const { target } = event;
    if (!(target instanceof Element) || target.closest('input, textarea, a, [role=menu]')) return;
    event.preventDefault();
    const node = target.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
    const key = target.closest('.react-flow__edge')?.getAttribute('data-id') ?? undefined;
    // the key says no place: it is about what has the focus
    const box = target.getBoundingClientRect();
    const isKey = event.clientX === 0 && event.clientY === 0;
    const at = isKey ? { x: box.left + 24, y: box.top + 24 } : { x: event.clientX, y: event.clientY };
    const isAll = target.closest('.react-flow__nodesselection') !== null;
    if (node === undefined && !isAll) {
      setOpen({ about: key === undefined ? { kind: 'place' } : { kind: 'edge', key }, ...at });
      return;
    }
    const ids = node === undefined || selected.includes(node) ? selected : [node];
    if (ids !== selected) onSelect([...ids]);
    setOpen({ about: { kind: 'chosen', ids }, ...at });
  };
  const menu = open ? (
    <Suspense>
      <MenuAt
        label={open.about.kind === 'place' ? words.canvasMenu : words.stepMenu}
        entries={entriesOf(open.about, open)}
        x={open.x}
        y={open.y}
        onClose={() => setOpen(undefined)}
      />
    </Suspense>
  ) : null;
  return { menu, onContextMenu };
}
