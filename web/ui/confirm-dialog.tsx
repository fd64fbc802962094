import { type FormEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './field.tsx';
import { ProblemBox } from './problem.tsx';

interface ConfirmDialogProps {
  title: string;
  /** The verb on the button that does it. */
  confirm: string;
  /** Must be typed first: for what nobody can take back. */
  typed?: string;
  error?: unknown;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before something is gone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirm, typed, error, isBusy, onConfirm, onClose, children } = props;
  const { actions, confirming } = useTexts();
  const [text, setText] = useState('');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <Dialog title={title} closeLabel={actions.close} isOpen onClose={onClose}>
      <form onSubmit={send} className="flex flex-col gap-4">
        {children}
        {error ? <ProblemBox error={error} /> : null}
        {typed === undefined ? null : (
          <TextField
            label={confirming.type(typed)}
            value={text}
            onChange={setText}
            autoComplete="off"
            isMono
            autoFocus
          />
        )}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{actions.cancel}</Button>
          <Button
            type="submit"
            look="danger"
            isDisabled={typed !== undefined && text !== typed}
            isPending={isBusy}
            autoFocus={typed === undefined}
          >
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
