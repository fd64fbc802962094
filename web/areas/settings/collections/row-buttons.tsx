import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Menu, type MenuEntry } from '../../../ui/menu.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { send } from '../schema/openapi.ts';
import { useSettingsTexts } from '../text/index.ts';
import type { AnyCollection, Collection, RowAction } from './collection.ts';
import { ItemDialog } from './item-dialog.tsx';

interface RowButtonsProps<Row> {
  collection: Collection<Row>;
  row: Row;
  onShow: (text: string | undefined) => void;
  /** Draws a list that belongs to this thing. */
  renderInside: (collection: AnyCollection) => ReactNode;
}

type Open = 'change' | 'remove' | 'inside' | { said: ReactNode };

/** What can be done with one thing of a list. */
export function RowButtons<Row>({ collection, row, onShow, renderInside }: RowButtonsProps<Row>) {
  const texts = useTexts();
  const words = useSettingsTexts();
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const { change, remove, inside, actions = [], given = {} } = collection;
  const name = collection.nameOf(row);
  const params = { ...given, ...collection.params(row) };
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: [collection.list] });
  const removing = useMutation({
    mutationFn: async () => {
      if (remove) await send(client, remove.key, undefined, params);
      close();
      await refresh();
    },
  });
  const acting = useMutation({
    mutationFn: async (action: RowAction<Row>) => {
      const said = await action.run(client, row);
      if (typeof said === 'string' && said.startsWith('secret:')) onShow(said.slice(7));
      else setOpen({ said });
      await refresh();
    },
    onError: (error) => setOpen({ said: <ProblemBox error={error} /> }),
  });
  const entries: MenuEntry[] = [
    ...(inside ? [{ id: 'inside', text: inside.text, onAction: () => setOpen('inside') }] : []),
    ...(change && (change.isOffered?.(row) ?? true)
      ? [{ id: 'change', text: words.change, onAction: () => setOpen('change') }]
      : []),
    ...actions
      .filter(({ isOffered }) => isOffered?.(row) ?? true)
      .map((action) => ({ id: action.text, text: action.text, onAction: () => acting.mutate(action) })),
    ...(remove && (remove.isOffered?.(row) ?? true)
      ? [{ id: 'remove', text: remove.text ?? texts.actions.remove, isDanger: true, onAction: () => setOpen('remove') }]
      : []),
  ];
  if (entries.length === 0) return null;
  return (
    <div className="flex justify-end">
      <Menu
        label={words.actionsFor(name)}
        entries={entries}
        trigger={
          <Button square look="quiet" aria-label={words.actionsFor(name)}>
            <Icon name="more" />
          </Button>
        }
      />
      {open === 'change' && change ? (
        <ItemDialog
          collection={collection}
          title={`${words.change}: ${name}`}
          endpoint={change.key}
          start={change.valueOf(row)}
          params={collection.params(row)}
          onClose={close}
        />
      ) : null}
      {open === 'remove' ? (
        <ConfirmDialog
          title={words.removeTitle(name)}
          confirm={remove?.text ?? texts.actions.remove}
          error={removing.error}
          isBusy={removing.isPending}
          onConfirm={() => removing.mutate()}
          onClose={close}
        />
      ) : null}
      {open === 'inside' && inside ? (
        <Dialog title={`${inside.text}: ${name}`} closeLabel={texts.actions.close} isOpen onClose={close} wide>
          {renderInside(inside.of(row, words))}
        </Dialog>
      ) : null}
      {typeof open === 'object' ? (
        <Dialog title={name} closeLabel={texts.actions.close} isOpen onClose={close} wide>
          <div className="text-sm break-words">{open.said}</div>
        </Dialog>
      ) : null}
    </div>
  );
}
