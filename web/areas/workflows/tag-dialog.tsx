import { useState } from 'react';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { workflowTexts } from './texts.ts';

interface TagDialogProps {
  tags: readonly string[];
  isBusy: boolean;
  onClose: () => void;
  onSave: (tags: string[]) => void;
}

export function TagDialog({ tags, isBusy, onClose, onSave }: TagDialogProps) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const [text, setText] = useState(tags.join(', '));
  return (
    <Dialog title={own.tagTitle} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const given = text.split(',').map((tag) => tag.trim());
          onSave([...new Set(given.filter((tag) => tag !== ''))]);
        }}
      >
        <TextField label={own.tags} help={own.tagHelp} value={text} onChange={setText} autoFocus />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{texts.actions.cancel}</Button>
          <Button look="main" type="submit" isPending={isBusy}>
            {own.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
