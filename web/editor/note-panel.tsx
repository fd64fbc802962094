import type { Note } from '../../core/graph/document.ts';
import { useTexts } from '../text/index.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Draft } from './draft/draft.ts';
import { ColorField } from './groups/color-field.tsx';

/** The text of a note on the canvas. It is shown as it is written: never as markup. */
export function NotePanel({ draft, note, onClose }: { draft: Draft; note: Note; onClose: () => void }) {
  const texts = useTexts();
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
      <ColorField value={note.color} onChange={(color) => draft.edits.putNote({ ...note, color })} />
      <TextField
        label={texts.panel.noteText}
        rows={8}
        autoFocus
        value={note.text}
        onChange={(text) => draft.edits.putNote({ ...note, text })}
      />
    </section>
  );
}
