import type { Group } from '../../../core/graph/document.ts';
import { hueOf } from '../../canvas/palette.ts';
import { useTexts } from '../../text/index.tsx';

interface GroupRowProps {
  group: Group;
  count: number;
  isSelected: boolean;
  onSelect: () => void;
  onCollapse: (isCollapsed: boolean) => void;
}

/** A group in the outline: what stands below it is in it. */
export function GroupRow({ group, count, isSelected, onSelect, onCollapse }: GroupRowProps) {
  const { panel } = useTexts();
  const isCollapsed = group.collapsed === true;
  return (
    <li className="flex items-center gap-1 border-l-4 pl-1" style={{ borderColor: hueOf(group.color) }}>
      <button
        type="button"
        aria-expanded={!isCollapsed}
        aria-label={isCollapsed ? panel.openGroup(group.name) : panel.collapseGroup(group.name)}
        onClick={() => onCollapse(!isCollapsed)}
        className="flex size-8 cursor-pointer items-center justify-center rounded text-ink hover:bg-well"
      >
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" className={isCollapsed ? '' : 'rotate-90'}>
          <path d="M5 3l6 5-6 5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
        </svg>
      </button>
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={onSelect}
        className="flex-1 cursor-pointer rounded text-left text-sm font-semibold aria-pressed:text-accent"
      >
        {group.name || panel.unnamedGroup}
        <span className="pl-2 font-normal text-soft">{panel.inGroup(count)}</span>
      </button>
    </li>
  );
}
