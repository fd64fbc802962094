import { useState } from 'react';
import type { Json } from '../../../../core/data/item.ts';
import { useTexts } from '../../../text/index.tsx';
import { TextField } from '../../../ui/field.tsx';

const textOf = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value, undefined, 2));

/** A value edited as JSON text. What is half typed stays in the box and changes nothing. */
export function JsonField(props: {
  label: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  help?: string | undefined;
  rows?: number;
}) {
  const { label, value, onChange, help, rows = 4 } = props;
  const texts = useTexts();
  const [typed, setTyped] = useState<string>();
  const parsed = typed === undefined ? undefined : parse(typed);
  return (
    <TextField
      label={label}
      rows={rows}
      isMono
      value={typed ?? textOf(value)}
      onChange={(text) => {
        setTyped(text);
        const next = parse(text);
        if (next) onChange(next.value);
      }}
      onBlur={() => parsed && setTyped(undefined)}
      error={typed !== undefined && !parsed ? texts.editor.badJson : undefined}
      {...(help === undefined ? {} : { help })}
    />
  );
}

function parse(text: string): { value: Json | undefined } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}
