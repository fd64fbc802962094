import type { ReactNode } from 'react';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Ticked } from '../../../ui/ticked.tsx';
import { useSettingsTexts } from '../text/index.ts';
import { linesOf } from './lines.ts';
import { type Schema, startOf, type Value } from './schema.ts';

interface ListFieldProps {
  schema: Schema;
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  help?: ReactNode;
  error?: string | undefined;
}

const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);

/** Texts, one a line: they can be pasted. */
export function ListField({ label, value, onChange, help, error }: ListFieldProps) {
  const { onePerLine } = useSettingsTexts();
  const lines = listOf(value).map(String);
  return (
    <TextField
      label={label}
      value={lines.join('\n')}
      onChange={(text) => onChange(linesOf(text))}
      rows={Math.min(8, Math.max(3, lines.length + 1))}
      help={
        <>
          {typeof help === 'string' ? help.replace(/[^.]$/, '$&.') : help} {onePerLine}
        </>
      }
      error={error}
      isMono
    />
  );
}

/** Objects, each with fields of its own. */
export function RowsField(
  props: ListFieldProps & { renderRow: (row: Value, at: number, onChange: (row: Value) => void) => ReactNode },
) {
  const { schema, label, value, onChange, help, renderRow } = props;
  const { actions } = useTexts();
  const { add } = useSettingsTexts();
  const rows = listOf(value);
  const items = schema.items ?? {};
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-medium">{label}</legend>
      {help === undefined ? null : (
        <p className="text-xs text-soft">
          <Ticked>{help}</Ticked>
        </p>
      )}
      {rows.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no names, only places
        <div key={index} className="flex flex-wrap items-end gap-2">
          {renderRow(row, index, (next) => onChange(rows.map((each, at) => (at === index ? next : each))))}
          <Button
            square
            look="quiet"
            aria-label={`${actions.remove} ${label} ${index + 1}`}
            onPress={() => onChange(rows.filter((_, at) => at !== index))}
          >
            <Icon name="trash" />
          </Button>
        </div>
      ))}
      <div>
        <Button onPress={() => onChange([...rows, startOf(items)])}>
          <Icon name="plus" />
          {add}
        </Button>
      </div>
    </fieldset>
  );
}
