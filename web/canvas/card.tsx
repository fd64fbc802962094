import { Handle, type NodeProps, Position } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import { Icon } from '../ui/icon.tsx';
import { type CardNode, handleOf, type NoteNode, portTop } from './graph.ts';
import { tintOf } from './palette.ts';

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

/** One node: its name, what it is, and what became of it. */
export const Card = memo(function Card({ data, selected, height = 0 }: NodeProps<CardNode>) {
  const { node, title, inputCount, outputs, mark, fault, isKnown, isPinned } = data;
  const border = fault !== undefined || !isKnown ? 'border-bad border-dashed' : mark ? MARKS[mark.tone] : 'border-line';
  const look = `rounded-lg border-2 ${border} ${mark?.tone === 'bad' ? 'bg-bad-soft' : 'bg-card'} ${selected ? CHOSEN : ''} ${node.disabled ? 'opacity-50' : ''}`;
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
      <span
        aria-hidden="true"
        className={`flex size-7 shrink-0 items-center justify-center rounded-md text-sm font-semibold uppercase ${data.inputs === 0 ? 'bg-accent text-on-accent' : 'bg-well text-accent'}`}
      >
        {title.slice(0, 1)}
      </span>
      <span className="flex min-w-0 flex-col">
        <span className={`truncate text-sm font-medium ${node.disabled ? 'line-through' : ''}`}>{node.name}</span>
        <span className={`truncate text-xs ${mark?.tone === 'bad' ? 'text-bad' : 'text-soft'}`}>
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
          style={{ top: portTop(height, outputs, index) }}
        />
      ))}
    </div>
  );
});

export const NoteCard = memo(function NoteCard({ data: { note }, selected }: NodeProps<NoteNode>) {
  return (
    <div
      className={`h-full overflow-hidden rounded-lg border p-3 text-sm whitespace-pre-wrap ${selected ? CHOSEN : ''}`}
      style={{ borderColor: tintOf(note.color, 50), background: tintOf(note.color) }}
    >
      {note.text}
    </div>
  );
});
