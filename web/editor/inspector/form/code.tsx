import { lazy, Suspense, useRef } from 'react';
import { TextField } from '../../../ui/field.tsx';
import { GivingWay } from './giving-way.tsx';
import { JsonField } from './json-field.tsx';
import type { KindProps } from './kind.ts';

const CodeEditor = lazy(() =>
  import('../../expression/code-editor.tsx').then(({ CodeEditor: editor }) => ({ default: editor })),
);

/** A program or a page, in an editor that knows its language. */
export function CodeKind({ field, value, onChange }: KindProps) {
  const text = typeof value === 'string' ? value : typeof field.default === 'string' ? field.default : '';
  const put = (next: string): void => onChange(next === '' ? undefined : next);
  const help = field.description === undefined ? {} : { help: field.description };
  const caret = useRef<number>(undefined);
  const shared = { label: field.label, value: text, onChange: put, ...help };
  return (
    <Suspense
      fallback={
        <GivingWay caret={caret}>
          <TextField {...shared} rows={14} isMono />
        </GivingWay>
      }
    >
      <CodeEditor {...shared} caret={caret} language={field.language ?? 'javascript'} />
    </Suspense>
  );
}

/** JSON as a value, or as the text that files have. */
export function JsonKind({ field, value, onChange }: KindProps) {
  if (typeof value === 'string') {
    return <CodeKind field={{ ...field, language: 'json' }} value={value} onChange={onChange} at="" />;
  }
  return <JsonField label={field.label} value={value ?? field.default} onChange={onChange} help={field.description} />;
}
