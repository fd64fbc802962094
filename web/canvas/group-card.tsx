import { Handle, type NodeProps, Position } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import { useTexts } from '../text/index.tsx';
import { CHOSEN, MARKS } from './card.tsx';
import { handleOf } from './graph.ts';
import type { GroupNode } from './groups.ts';
import { hueOf, tintOf } from './palette.ts';

/** Collapses a group or opens it. */
export const Toggle = createContext<(id: string, isCollapsed: boolean) => void>(() => undefined);

/** The group that what is dragged would be put into. */
export const Target = createContext<string | undefined>(undefined);

/** The frame around a group, or the card that stands for it. */
export const GroupCard = memo(function GroupCard({ id, data, selected }: NodeProps<GroupNode>) {
  const { group, count, isCollapsed, mark, fault } = data;
  const texts = useTexts();
  const toggle = useContext(Toggle);
  const isTarget = useContext(Target) === id;
  const ring = selected || isTarget ? CHOSEN : '';
  const head = (
    <>
      <button
        type="button"
        aria-expanded={!isCollapsed}
        aria-label={isCollapsed ? texts.panel.openGroup(group.name) : texts.panel.collapseGroup(group.name)}
        onClick={(event) => {
          event.stopPropagation();
          toggle(id, !isCollapsed);
        }}
        className="nodrag pointer-events-auto flex size-6 shrink-0 cursor-pointer items-center justify-center rounded text-ink hover:bg-well"
      >
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" className={isCollapsed ? '' : 'rotate-90'}>
          <path d="M5 3l6 5-6 5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
        </svg>
      </button>
      <span className="truncate text-sm font-semibold">{group.name || texts.panel.unnamedGroup}</span>
    </>
  );
  if (!isCollapsed) {
    return (
      <div
        className={`h-full rounded-xl border-2 border-dashed ${ring}`}
        style={{ borderColor: hueOf(group.color), background: tintOf(group.color, isTarget ? 20 : 8) }}
      >
        <div className="group-head pointer-events-auto flex h-8 cursor-grab items-center gap-1 rounded-t-xl px-1.5">
          {head}
          {group.description === undefined ? null : (
            <span className="truncate pl-1 text-xs text-soft">{group.description}</span>
          )}
        </div>
      </div>
    );
  }
  const border = fault !== undefined ? 'border-bad border-dashed' : mark ? MARKS[mark.tone] : '';
  return (
    <div
      className={`flex h-full items-center gap-1 rounded-lg border-2 px-1.5 shadow-card ${border} ${ring}`}
      style={{ background: tintOf(group.color), ...(border === '' ? { borderColor: hueOf(group.color) } : {}) }}
      title={fault ?? group.description}
    >
      <Handle id={handleOf('main', 0)} type="target" position={Position.Left} isConnectable={false} />
      <div className="flex min-w-0 flex-col">
        <div className="flex min-w-0 items-center">{head}</div>
        <span className="truncate pl-6 text-xs text-soft">{mark?.text ?? texts.panel.inGroup(count)}</span>
      </div>
      <Handle id={handleOf('main', 0)} type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
