import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';

interface RemoveDialogProps {
  text: string;
  error: unknown;
  isBusy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}

export function RemoveDialog({ text, error, isBusy, onCancel, onConfirm }: RemoveDialogProps) {
  const texts = useTexts();
  return (
    <Dialog title={texts.workflows.removeTitle} closeLabel={texts.actions.close} isOpen onClose={onCancel}>
      <p className="text-sm">{text}</p>
      {error ? <ProblemBox error={error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onPress={onCancel}>{texts.actions.cancel}</Button>
        <Button look="danger" isPending={isBusy} onPress={onConfirm}>
          {texts.actions.remove}
        </Button>
      </div>
    </Dialog>
  );
}
