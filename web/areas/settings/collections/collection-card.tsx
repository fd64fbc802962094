import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card, Loading } from '../../../ui/surface.tsx';
import { Table } from '../../../ui/table.tsx';
import { useSettingsTexts } from '../text/index.ts';
import type { Collection } from './collection.ts';
import { ItemDialog } from './item-dialog.tsx';
import { RowButtons } from './row-buttons.tsx';
import { Shown } from './shown.tsx';
import { listedQuery } from './listed.ts';

/** A collection as a card: its list, and a dialog to add to it. `isBare`: inside a dialog, without a frame. */
export function CollectionCard<Row>({ collection, isBare = false }: { collection: Collection<Row>; isBare?: boolean }) {
  const texts = useTexts();
  const { nothing, empty } = useSettingsTexts();
  const client = useClient();
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useState<string>();
  const listed = useQuery(listedQuery(client, collection));
  const rows = listed.data === undefined ? undefined : collection.rows(listed.data);
  const content = (
    <>
      <header className="flex items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-1">
          {isBare ? null : <h2 className="text-base font-semibold">{collection.title}</h2>}
          {collection.lead === undefined ? null : <p className="max-w-2xl text-sm text-soft">{collection.lead}</p>}
        </div>
        {collection.create ? (
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
        <p className="max-w-2xl rounded-lg border border-dashed border-line p-4 text-sm text-soft">
          {empty[collection.id] ?? nothing}
        </p>
      ) : null}
      {rows && rows.length > 0 ? (
        <Table
          label={collection.title}
          rows={rows}
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
      {isAdding && collection.create ? (
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
