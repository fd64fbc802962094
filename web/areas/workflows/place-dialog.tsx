import { useState } from 'react';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { workflowTexts } from './texts.ts';

interface PlaceDialogProps {
  what: 'rename' | 'remove';
  name: string;
  error: unknown;
  isBusy: boolean;
  /** With the new name, or without one to remove it. */
  onDo: (name?: string) => void;
  onClose: () => void;
}

export function PlaceDialog({ what, name, error, isBusy, onDo, onClose }: PlaceDialogProps) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const [text, setText] = useState(name);
  const form = useFirstWrong(error);
  const faultAt = useFaultsOf(error);
  if (what === 'remove') {
    return (
      <ConfirmDialog
        title={own.removePlaceTitle(name)}
        confirm={texts.actions.remove}
        error={error}
        isBusy={isBusy}
        onConfirm={() => onDo()}
        onClose={onClose}
      >
        <p className="text-sm">{own.removePlaceText}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog title={own.renamePlace} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      <form
        ref={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') onDo(text.trim());
        }}
      >
        <TextField label={own.nameOfNew} value={text} error={faultAt('/name')} onChange={setText} autoFocus />
        {error ? <ProblemBox error={error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{texts.actions.cancel}</Button>
          <Button look="main" type="submit" isDisabled={text.trim() === ''} isPending={isBusy}>
            {own.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
