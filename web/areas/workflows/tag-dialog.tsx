import { useState } from 'react';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { workflowTexts } from './texts.ts';

interface TagDialogProps {
  tags: readonly string[];
  /** Why they were not taken. */
  error: unknown;
  isBusy: boolean;
  onClose: () => void;
  onSave: (tags: string[]) => void;
}

export function TagDialog({ tags, error, isBusy, onClose, onSave }: TagDialogProps) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const [text, setText] = useState(tags.join(', '));
  const form = useFirstWrong(error);
  const faultAt = useFaultsOf(error);
  const given = [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
  const fault = ['/tags', ...given.map((_, index) => `/tags/${index}`)].map(faultAt).find(Boolean);
  return (
    <Dialog title={own.tagTitle} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      <form
        ref={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(given);
        }}
      >
        <TextField label={own.tags} help={own.tagHelp} value={text} error={fault} onChange={setText} autoFocus />
        {error && fault === undefined ? <ProblemBox error={error} /> : null}
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
