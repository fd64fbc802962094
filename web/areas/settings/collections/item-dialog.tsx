import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EndpointKey } from '../../../../sdk/client/index.ts';
import { forgetNames } from '../../../data/names.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Loading } from '../../../ui/surface.tsx';
import { SchemaForm } from '../schema/form.tsx';
import { inputSchemaOf, openApiQuery, send } from '../schema/openapi.ts';
import { type Fields, type Schema, sentOf, startOf } from '../schema/schema.ts';
import { useSettingsTexts } from '../text/index.ts';
import type { AnyCollection } from './collection.ts';

interface ItemDialogProps {
  collection: AnyCollection;
  title: string;
  endpoint: EndpointKey;
  /** What the form begins with; beside it, what the schema says. */
  start?: Fields | undefined;
  /** Parameters that the row decides. */
  params?: Fields;
  onClose: () => void;
  onDone?: (answer: unknown) => void;
}

/** Adds or changes one thing, by a form made of the endpoint's schema. */
export function ItemDialog(props: ItemDialogProps) {
  const texts = useTexts();
  const api = useQuery(openApiQuery);
  return (
    <Dialog title={props.title} closeLabel={texts.actions.close} isOpen onClose={props.onClose}>
      {api.error ? <ProblemBox error={api.error} /> : null}
      {api.data ? (
        <ItemForm {...props} schema={inputSchemaOf(api.data, props.endpoint)} />
      ) : (
        <Loading label={texts.loading} />
      )}
    </Dialog>
  );
}

function ItemForm(props: ItemDialogProps & { schema: Schema }) {
  const { collection, schema, endpoint, start = {}, params = {}, onClose, onDone } = props;
  const texts = useTexts();
  const { save } = useSettingsTexts();
  const client = useClient();
  const queries = useQueryClient();
  const fixed = { ...collection.given, ...params };
  const shown = without(schema, Object.keys(collection.given ?? {}));
  const [value, setValue] = useState<Fields>(() => ({ ...(startOf(shown) as Fields), ...start, ...params }));
  const put = useMutation({
    mutationFn: () => send(client, endpoint, sentOf(shown, value), fixed),
    onSuccess: (answer) => {
      onDone?.(answer);
      void queries.invalidateQueries({ queryKey: [collection.list] });
      void forgetNames(queries);
    },
  });
  // not heard any more once this form is gone: another one may be open in its place
  const submit = (): void => put.mutate(undefined, { onSuccess: onClose });
  return (
    <SchemaForm
      schema={shown}
      value={value}
      onChange={setValue}
      onSubmit={submit}
      submit={save}
      isBusy={put.isPending}
      error={put.error}
      fixed={Object.keys(params)}
      more={<Button onPress={onClose}>{texts.actions.cancel}</Button>}
    />
  );
}

function without(schema: Schema, names: readonly string[]): Schema {
  if (names.length === 0 || !schema.properties) return schema;
  const kept = Object.entries(schema.properties).filter(([name]) => !names.includes(name));
  return { ...schema, properties: Object.fromEntries(kept) };
}
