import type { Note } from '../../core/graph/document.ts';
import { NOTE_SIZE } from '../canvas/graph.ts';
import { NOTE_COLOR } from '../canvas/palette.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Draft } from './draft/draft.ts';
import { ColorField } from './groups/color-field.tsx';

const MAX_SIDE = 10_000;

interface NotePanelProps {
  draft: Draft;
  note: Note;
  /** Nothing else to write it in is in view. */
  autoFocus: boolean;
  onClose: () => void;
}

/** A note as Markdown is written, its colour and its size. */
export function NotePanel({ draft, note, autoFocus, onClose }: NotePanelProps) {
  const texts = useTexts();
  const change = (to: Partial<Omit<Note, 'id'>>): void => draft.edits.changeNote(note.id, to);
  const size = (side: 'width' | 'height', label: string) => (
    <TextField
      label={label}
      type="number"
      value={String(note[side] ?? NOTE_SIZE[side])}
      onChange={(value) => {
        const wanted = Number(value);
        if (wanted >= 1 && wanted <= MAX_SIDE) change({ [side]: Math.round(wanted) });
      }}
    />
  );
  return (
    <section aria-label={texts.panel.noteText} className="flex flex-col gap-3 p-3">
      <div className="flex justify-end gap-1">
        <Button
          look="quiet"
          square
          aria-label={texts.panel.removeNote}
          onPress={() => draft.edits.remove(new Set([note.id]))}
        >
          <Icon name="trash" />
        </Button>
        <Button look="quiet" square aria-label={texts.actions.close} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <ColorField value={note.color ?? NOTE_COLOR} onChange={(color) => change({ color })} />
      <TextField
        label={texts.panel.noteText}
        rows={8}
        autoFocus={autoFocus}
        value={note.text}
        help={texts.panel.noteHelp}
        onChange={(text) => change({ text })}
      />
      <div className="grid grid-cols-2 gap-2">
        {size('width', texts.panel.noteWidth)}
        {size('height', texts.panel.noteHeight)}
      </div>
    </section>
  );
}
