import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { forgetNames } from '../../../data/names.ts';
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
import { useLacks } from './may.ts';
import { ItemDialog } from './item-dialog.tsx';

interface RowButtonsProps<Row> {
  collection: Collection<Row>;
  row: Row;
  onShow: (text: string | undefined) => void;
  /** Draws a list that belongs to this thing. */
  renderInside: (collection: AnyCollection) => ReactNode;
}

type Open<Row> = 'change' | 'remove' | 'inside' | { said: ReactNode } | { asks: RowAction<Row> };

/** What can be done with one thing of a list. */
export function RowButtons<Row>({ collection, row, onShow, renderInside }: RowButtonsProps<Row>) {
  const texts = useTexts();
  const words = useSettingsTexts();
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open<Row>>();
  const close = (): void => setOpen(undefined);
  const { change, remove, inside, actions = [], given = {} } = collection;
  const name = collection.nameOf(row);
  const isGranted = collection.create?.isGranted ?? false;
  const cannotChange = useLacks(isGranted ? undefined : change?.key) !== undefined;
  const cannotRemove = useLacks(isGranted ? undefined : remove?.key) !== undefined;
  const meaning = words.removals[collection.id];
  const params = { ...given, ...collection.params(row) };
  const refresh = async (): Promise<void> => {
    await Promise.all([queries.invalidateQueries({ queryKey: [collection.list] }), forgetNames(queries)]);
  };
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
      if (typeof said === 'string' && said.startsWith('secret:')) {
        onShow(said.slice(7));
        close();
      } else setOpen({ said });
      await refresh();
    },
    onError: (error) => setOpen({ said: <ProblemBox error={error} /> }),
  });
  const begin = (action: RowAction<Row>): void => {
    if (action.warning === undefined) acting.mutate(action);
    else setOpen({ asks: action });
  };
  const Change = change?.by;
  const entries: MenuEntry[] = [
    ...(inside ? [{ id: 'inside', text: inside.text, onAction: () => setOpen('inside') }] : []),
    ...(change && !cannotChange && (change.isOffered?.(row) ?? true)
      ? [{ id: 'change', text: words.change, onAction: () => setOpen('change') }]
      : []),
    ...actions
      .filter(({ isOffered }) => isOffered?.(row) ?? true)
      .map((action) => ({ id: action.text, text: action.text, onAction: () => begin(action) })),
    ...(remove && !cannotRemove && (remove.isOffered?.(row) ?? true)
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
      {open === 'change' && Change ? <Change row={row} onClose={close} /> : null}
      {open === 'change' && change && !Change ? (
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
          title={words.removeTitle(name, remove?.text ?? texts.actions.remove)}
          confirm={remove?.text ?? texts.actions.remove}
          {...(remove?.isTyped ? { typed: name } : {})}
          error={removing.error}
          isBusy={removing.isPending}
          onConfirm={() => removing.mutate()}
          onClose={close}
        >
          {meaning === undefined ? null : <p className="text-sm">{meaning}</p>}
        </ConfirmDialog>
      ) : null}
      {open === 'inside' && inside ? (
        <Dialog title={`${inside.text}: ${name}`} closeLabel={texts.actions.close} isOpen onClose={close} wide>
          {renderInside(inside.of(row, words))}
        </Dialog>
      ) : null}
      {typeof open === 'object' && 'asks' in open ? (
        <ConfirmDialog
          title={`${open.asks.text}?`}
          confirm={open.asks.text}
          isBusy={acting.isPending}
          onConfirm={() => acting.mutate(open.asks)}
          onClose={close}
        >
          <p className="text-sm">{open.asks.warning}</p>
        </ConfirmDialog>
      ) : null}
      {typeof open === 'object' && 'said' in open ? (
        <Dialog title={name} closeLabel={texts.actions.close} isOpen onClose={close} wide>
          <div className="text-sm break-words">{open.said}</div>
        </Dialog>
      ) : null}
    </div>
  );
}
