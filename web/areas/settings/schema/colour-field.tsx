import type { ReactNode } from 'react';
import { TextField } from '../../../ui/field.tsx';
import { useSettingsTexts } from '../text/index.ts';
import type { Value } from './schema.ts';

interface ColourFieldProps {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  help?: ReactNode;
  error?: string | undefined;
}

export const COLOUR = /^#[0-9a-fA-F]{6}$/;
/** Where the browser's own picker begins while there is none. */
const FIRST = '#0b6e6e';

/** A colour, picked or typed as `#0b6e6e`. */
export function ColourField({ label, value, onChange, help, error }: ColourFieldProps) {
  const { pickColour } = useSettingsTexts();
  const text = typeof value === 'string' ? value : '';
  return (
    <div className="flex max-w-80 items-start gap-2">
      <input
        type="color"
        aria-label={pickColour(label)}
        value={COLOUR.test(text) ? text.toLowerCase() : FIRST}
        onChange={({ target }) => onChange(target.value)}
        className="mt-6 h-8 w-10 shrink-0 cursor-pointer rounded-md border border-line bg-card p-0.5"
      />
      <div className="min-w-0 flex-1">
        <TextField
          label={label}
          value={text}
          onChange={onChange}
          help={help}
          error={error}
          placeholder={FIRST}
          isMono
          autoComplete="off"
        />
      </div>
    </div>
  );
}
