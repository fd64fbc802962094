import { Handle, type NodeProps, Position } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import { Icon } from '../ui/icon.tsx';
import { type CardNode, handleOf, portTop, supplyShare } from './graph.ts';
import { NodeIcon } from './node-icon.tsx';

export const MARKS = {
  good: 'border-good',
  bad: 'border-bad',
  busy: 'border-busy animate-pulse',
  wait: 'border-wait',
  soft: 'border-line',
} as const;

/** Apart from the border, which tells what became of it. */
export const CHOSEN = 'outline-2 outline-offset-2 outline-accent';

/** Whether cards are so far away that nothing on them can be read. */
export const Plain = createContext(false);

/** A step is wanted behind an output; undefined where drawings are only looked at. */
export const Quick = createContext<((from: { node: string; port: string; index: number }) => void) | undefined>(
  undefined,
);

/** One node: its name, what it is, and what became of it. */
export const Card = memo(function Card({ id, data, selected, height = 0 }: NodeProps<CardNode>) {
  const { name, isDisabled, title, icon, inputCount, outputs, supplies, supplied, mark, fault, isKnown, isPinned } =
    data;
  const add = useContext(Quick);
  const border = fault !== undefined || !isKnown ? 'border-bad border-dashed' : mark ? MARKS[mark.tone] : 'border-line';
  const look = `rounded-lg border-2 ${border} ${mark?.tone === 'bad' ? 'bg-bad-soft' : 'bg-card'} ${selected ? CHOSEN : ''} ${isDisabled ? 'opacity-50' : ''}`;
  if (useContext(Plain)) return <div className={`h-full ${look}`} title={fault} />;
  return (
    <div className={`flex min-h-full items-center gap-2.5 px-3 py-2 text-left shadow-card ${look}`} title={fault}>
      {Array.from({ length: inputCount }, (_, index) => (
        <Handle
          key={index}
          id={handleOf('main', index)}
          type="target"
          position={Position.Left}
          style={{ top: portTop(height, inputCount, index) }}
        />
      ))}
      <NodeIcon name={icon} title={title} isTrigger={data.inputs === 0} />
      <span className="flex min-w-0 flex-col">
        <span className={`node-name truncate text-sm font-medium ${isDisabled ? 'line-through' : ''}`}>{name}</span>
        <span className={`node-state truncate text-xs ${mark?.tone === 'bad' ? 'text-bad' : 'text-soft'}`}>
          {mark?.text ?? title}
        </span>
      </span>
      {isPinned ? (
        <span className="ml-auto text-wait">
          <Icon name="note" size={14} />
        </span>
      ) : null}
      {Array.from({ length: outputs }, (_, index) => (
        <Handle
          key={index}
          id={handleOf('main', index)}
          type="source"
          position={Position.Right}
          onClick={(event) => {
            if (!add) return;
            event.stopPropagation();
            add({ node: id, port: 'main', index });
          }}
          style={{ top: portTop(height, outputs, index) }}
        />
      ))}
      {supplies.map((each) => (
        <Handle key={each} id={each} type="source" position={Position.Top} isConnectable={false} />
      ))}
      {supplied.map((each, index) => (
        <Handle
          key={each}
          id={each}
          type="target"
          position={Position.Bottom}
          isConnectable={false}
          style={{ left: `${supplyShare('target', supplied.length, index)}%` }}
        />
      ))}
    </div>
  );
});
