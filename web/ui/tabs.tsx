import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';

const TAB =
  'cursor-pointer border-b-2 border-transparent px-2 py-2 text-sm text-soft aria-selected:border-accent aria-selected:text-accent';

interface TabsProps<T extends string> {
  /** What all of them are about, for those who do not see it. */
  label: string;
  tabs: readonly { id: T; text: string }[];
  selected: T;
  onSelect: (id: T) => void;
  /** The selected tab's content. */
  children: ReactNode;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/**
 * Tabs of the browser's own elements: one Tab stop, arrows choose. React-aria's look through their whole content, and
 * what of it is visible, with every change: a letter typed in one cost more than everything else.
 */
export function Tabs<T extends string>({ label, tabs, selected, onSelect, children }: TabsProps<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    // with Alt, arrows are the browser's: back and forward
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const last = tabs.length - 1;
    const at = tabs.findIndex((tab) => tab.id === selected);
    const next = Number.isFinite(step) ? (at + step + tabs.length) % tabs.length : step < 0 ? 0 : last;
    const tab = tabs[next];
    if (tab) onSelect(tab.id);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="flex gap-1 border-b border-line px-2"
        onKeyDown={onKey}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}${tab.id}`}
            aria-selected={tab.id === selected}
            aria-controls={tab.id === selected ? `${id}panel` : undefined}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => onSelect(tab.id)}
            className={TAB}
          >
            {tab.text}
          </button>
        ))}
      </div>
      <div
        // scrolled anew for each
        key={selected}
        role="tabpanel"
        id={`${id}panel`}
        aria-labelledby={`${id}${selected}`}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto p-3 focus-visible:-outline-offset-2"
      >
        {children}
      </div>
    </div>
  );
}
