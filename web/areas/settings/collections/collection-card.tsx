import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card, Loading } from '../../../ui/surface.tsx';
import { Table } from '../../../ui/table.tsx';
import { useSettingsTexts } from '../text/index.ts';
import type { Collection } from './collection.ts';
import { ItemDialog } from './item-dialog.tsx';
import { useLacks } from './may.ts';
import { RowButtons } from './row-buttons.tsx';
import { Shown } from './shown.tsx';
import { listedQuery } from './listed.ts';

/** A list that is longer can be searched. */
const LONG = 7;

/** Whether any value of a row has the text, ids included: they are pasted from elsewhere. */
function hasText(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(wanted);
  return typeof value === 'object' && value !== null
    ? Object.values(value).some((each) => hasText(each, wanted))
    : wanted === '';
}

/** A collection as a card: its list, and a dialog to add to it. `isBare`: inside a dialog, without a frame. */
export function CollectionCard<Row>({ collection, isBare = false }: { collection: Collection<Row>; isBare?: boolean }) {
  const texts = useTexts();
  const { nothing, empty, pages, find, notFound, notYours } = useSettingsTexts();
  const client = useClient();
  const lacks = useLacks(collection.create?.isGranted ? undefined : collection.create?.key);
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useState<string>();
  const [wanted, setWanted] = useState('');
  const listed = useQuery(listedQuery(client, collection));
  const rows = listed.data === undefined ? undefined : collection.rows(listed.data);
  const found = rows?.filter((row) => hasText(row, wanted.trim().toLowerCase()));
  const Add = collection.create?.by;
  const isTitled = !isBare && !Object.values(pages).includes(collection.title);
  const content = (
    <>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1">
          {isTitled ? <h2 className="text-base font-semibold">{collection.title}</h2> : null}
          {collection.lead === undefined ? null : <p className="max-w-2xl text-sm text-soft">{collection.lead}</p>}
        </div>
        {collection.create && lacks !== undefined ? (
          <p className="max-w-56 shrink-0 text-right text-xs text-soft">{notYours(lacks)}</p>
        ) : collection.create ? (
          <Button look="main" onPress={() => setAdding(true)}>
            <Icon name="plus" />
            {collection.create.text}
          </Button>
        ) : null}
      </header>
      {shown === undefined ? null : <Shown text={shown} />}
      {listed.error ? <ProblemBox error={listed.error} onRetry={() => void listed.refetch()} /> : null}
      {listed.isPending ? <Loading label={texts.loading} /> : null}
      {rows?.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line p-4 text-sm text-soft">
          {empty[collection.id] ?? nothing}
        </p>
      ) : null}
      {rows && rows.length > LONG ? (
        <div className="w-72 max-w-full">
          <TextField
            label={find(collection.title)}
            placeholder={find(collection.title)}
            hideLabel
            type="search"
            value={wanted}
            onChange={setWanted}
          />
        </div>
      ) : null}
      {rows && rows.length > 0 && found?.length === 0 ? (
        <p role="status" className="text-sm text-soft">
          {notFound(wanted.trim())}
        </p>
      ) : null}
      {found && found.length > 0 ? (
        <Table
          label={collection.title}
          rows={found}
          isFlush
          keyOf={collection.keyOf}
          columns={[
            ...collection.columns,
            {
              id: 'do',
              title: '',
              cell: (row) => (
                <RowButtons
                  collection={collection}
                  row={row}
                  onShow={setShown}
                  renderInside={(each) => <CollectionCard collection={each} isBare />}
                />
              ),
            },
          ]}
        />
      ) : null}
      {isAdding && Add ? <Add onClose={() => setAdding(false)} /> : null}
      {isAdding && collection.create && !Add ? (
        <ItemDialog
          collection={collection}
          title={collection.create.text}
          endpoint={collection.create.key}
          start={collection.create.start}
          onClose={() => setAdding(false)}
          onDone={(answer) => setShown(collection.secretOf?.(answer))}
        />
      ) : null}
    </>
  );
  return isBare ? (
    <div className="flex flex-col gap-3">{content}</div>
  ) : (
    <Card className="flex flex-col gap-3 p-4">{content}</Card>
  );
}
