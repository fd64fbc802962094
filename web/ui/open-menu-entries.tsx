import type { FocusEvent } from 'react';
import { flushSync } from 'react-dom';
import { Menu as AriaMenu, MenuItem as AriaMenuItem } from 'react-aria-components';

export interface MenuEntry {
  id: string;
  text: string;
  isDanger?: boolean;
  /** Keys that do the same. */
  keys?: string;
  onAction: () => void;
}

/** What an open menu looks like. */
export const MENU = 'min-w-44 rounded-lg border border-line bg-card p-1 shadow-over';

/**
 * From the menu to its first entry. On a slow machine what keeps the focus in the menu gives it to the menu itself,
 * where arrows never reach an only entry.
 */
function intoEntries({ target }: FocusEvent): void {
  if (target.matches('[role=menu]')) target.querySelector<HTMLElement>('[role=menuitem]')?.focus();
}

interface MenuEntriesProps {
  label: string;
  entries: readonly MenuEntry[];
  onClose: () => void;
  /** What has the focus once the menu is closed. */
  opener: () => Element | null;
}

export function MenuEntries({ label, entries, onClose, opener }: MenuEntriesProps) {
  // closed first: a dialog that an entry opens at once would remember the entry as where the focus came from
  const take = (entry: MenuEntry): void => {
    flushSync(onClose);
    const back = opener();
    if (back instanceof HTMLElement || back instanceof SVGElement) back.focus({ preventScroll: true });
    entry.onAction();
  };
  return (
    <div onFocus={intoEntries}>
      <AriaMenu autoFocus="first" aria-label={label} items={entries} className="outline-none">
        {(entry) => (
          <AriaMenuItem
            id={entry.id}
            textValue={entry.text}
            onAction={() => take(entry)}
            className={`flex cursor-pointer items-center justify-between gap-6 rounded px-2 py-1.5 text-sm outline-none data-[focused]:bg-well ${entry.isDanger ? 'text-bad' : ''}`}
          >
            {entry.text}
            {entry.keys === undefined ? null : <kbd className="font-sans text-xs text-soft">{entry.keys}</kbd>}
          </AriaMenuItem>
        )}
      </AriaMenu>
    </div>
  );
}
