import type { FormEvent, ReactNode } from 'react';
import { ApiError } from '../../../../sdk/client/index.ts';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { useFirstWrong } from '../../../ui/use-first-wrong.ts';
import { FaultsContext } from './faults.ts';
import { SchemaFields } from './fields.tsx';
import type { Fields, Schema, Value } from './schema.ts';

interface SchemaFormProps {
  schema: Schema;
  value: Fields;
  onChange: (value: Fields) => void;
  onSubmit: () => void;
  submit: string;
  isBusy: boolean;
  error?: unknown;
  /** Shown and not changed: what names the thing. */
  fixed?: readonly string[];
  more?: ReactNode;
}

/** A form made of an endpoint's schema. What the server finds wrong stands at its field. */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, value, onChange, onSubmit, submit, isBusy, error, fixed = [], more } = props;
  const { refusal } = useTexts();
  const faults = error instanceof ApiError ? refusal(error).faults : [];
  const form = useFirstWrong(error);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <FaultsContext value={faults}>
      <form ref={form} onSubmit={send} noValidate className="flex flex-col gap-4">
        {error ? <ProblemBox error={error} /> : null}
        <SchemaFields
          schema={schema}
          value={value}
          onChange={(next: Value) => onChange(next as Fields)}
          fixed={fixed}
        />
        <div className="flex justify-end gap-2">
          {more}
          <Button type="submit" look="main" isPending={isBusy}>
            {submit}
          </Button>
        </div>
      </form>
    </FaultsContext>
  );
}
