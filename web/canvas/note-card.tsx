import { type NodeProps, NodeResizer } from '@xyflow/react';
import { createContext, lazy, memo, Suspense, useContext, useEffect, useRef, useState } from 'react';
import type { Note } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import { CHOSEN, Plain } from './card.tsx';
import type { NoteNode } from './graph.ts';
import { NOTE_COLOR, tintOf } from './palette.ts';

const Markdown = lazy(() => import('../data/markdown.tsx').then((module) => ({ default: module.Markdown })));

/** Only what is another now: the note that is drawn may be older than its last letters. */
export type NoteChange = (id: string, change: Partial<Omit<Note, 'id'>>) => void;

/** Undefined where drawings are only looked at. */
export const NoteEdits = createContext<NoteChange | undefined>(undefined);

/** Heard by the card of a note: it is to be written. */
export const WRITE = 'millrace-write';
const MIN_WIDTH = 80;
const MIN_HEIGHT = 48;

/** A note: its Markdown, or the box to write it in. Enter, F2 and a double click begin, Escape and a click elsewhere end. */
export const NoteCard = memo(function NoteCard({ data: { note }, selected }: NodeProps<NoteNode>) {
  const texts = useTexts();
  const put = useContext(NoteEdits);
  const isFar = useContext(Plain);
  const root = useRef<HTMLDivElement>(null);
  const [isTyped, setTyped] = useState(put !== undefined && selected && note.text === '');
  useEffect(() => {
    // keys are heard by what the canvas wraps around a card
    const card = root.current?.closest<HTMLElement>('.react-flow__node');
    if (!card || !put) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.target !== card || (event.key !== 'F2' && !(event.key === 'Enter' && selected))) return;
      event.preventDefault();
      event.stopPropagation();
      setTyped(true);
    };
    const onWrite = (): void => setTyped(true);
    const own = root.current;
    card.addEventListener('keydown', onKey);
    own?.addEventListener(WRITE, onWrite);
    return () => {
      card.removeEventListener('keydown', onKey);
      own?.removeEventListener(WRITE, onWrite);
    };
  }, [put, selected]);
  const color = note.color ?? NOTE_COLOR;
  return (
    <div
      ref={root}
      onDoubleClick={() => put && setTyped(true)}
      className={`h-full overflow-hidden rounded-lg border text-sm ${selected ? CHOSEN : ''}`}
      style={{ borderColor: tintOf(color, 50), background: tintOf(color) }}
    >
      {put && selected ? (
        <NodeResizer
          minWidth={MIN_WIDTH}
          minHeight={MIN_HEIGHT}
          onResizeEnd={(_event, { x, y, width, height }) =>
            put(note.id, {
              position: [Math.round(x), Math.round(y)],
              width: Math.round(width),
              height: Math.round(height),
            })
          }
        />
      ) : null}
      {put && isTyped ? (
        <Typed
          note={note}
          onText={(text) => put(note.id, { text })}
          onEnd={(isBack) => {
            setTyped(false);
            if (isBack) root.current?.closest<HTMLElement>('.react-flow__node')?.focus();
          }}
        />
      ) : isFar ? null : (
        <div className={`h-full p-3 ${selected ? 'nowheel overflow-auto' : 'overflow-hidden'}`}>
          {note.text === '' ? (
            <span className="text-soft">{put && selected ? texts.panel.emptyNote : null}</span>
          ) : (
            <Suspense fallback={<p className="whitespace-pre-wrap">{note.text}</p>}>
              <Markdown text={note.text} />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );
});

function Typed(props: { note: Note; onText: (text: string) => void; onEnd: (isBack: boolean) => void }) {
  const texts = useTexts();
  // the drawing comes a moment after the letters
  const [text, setText] = useState(props.note.text);
  return (
    <textarea
      aria-label={texts.panel.noteHere}
      autoFocus
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        props.onText(target.value);
      }}
      onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
      onBlur={() => props.onEnd(false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') props.onEnd(true);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
      className="nodrag nopan nowheel size-full resize-none bg-transparent p-3 outline-none"
    />
  );
}
