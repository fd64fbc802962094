import { autocompletion } from '@codemirror/autocomplete';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Field } from '../../../core/node/field.ts';
import { useTextsOf } from '../../text/index.tsx';
import { type Caret, CodeMirror } from './code-mirror.tsx';
import { useExpressions } from './context.tsx';
import type { Surroundings } from './program.ts';
import { contextTexts } from './javascript/texts.ts';
import { Ticked } from '../../ui/ticked.tsx';

type Language = NonNullable<Field['language']>;

/** Fetched one by one: nobody writes all of them. */
const LANGUAGES: Readonly<Record<Language, ((around: Surroundings) => Promise<Extension>) | undefined>> = {
  javascript: (around) =>
    import('./javascript/index.ts').then(({ javascriptWithContext: javascript }) => javascript(around)),
  python: (around) => import('./python/index.ts').then(({ pythonWithContext: python }) => python(around)),
  json: () => import('@codemirror/lang-json').then(({ json }) => json()),
  sql: undefined,
  html: undefined,
  css: undefined,
};
const STYLE = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--c-wait)' },
    { tag: [tags.string, tags.regexp], color: 'var(--c-good)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--c-busy)' },
    { tag: tags.comment, color: 'var(--c-soft)', fontStyle: 'italic' },
    { tag: [tags.function(tags.variableName), tags.propertyName], color: 'var(--c-accent)' },
    { tag: tags.invalid, color: 'var(--c-bad)' },
  ]),
);

/** Nobody writes a program into a box of one line. */
const ROOM = EditorView.theme({ '.cm-content': { minHeight: '12rem' } });

interface CodeEditorProps {
  label: string;
  language: Language;
  value: string;
  /** Where somebody was typing in the box that this takes the place of. */
  caret?: Caret;
  onChange: (value: string) => void;
  help?: string;
}

/** A program: its language's colours and indentation, and completion by what the last run gave. */
export function CodeEditor({ label, language, value, caret, onChange, help }: CodeEditorProps) {
  const expressions = useExpressions();
  const latest = useRef(expressions);
  latest.current = expressions;
  const texts = useTextsOf(contextTexts);
  const words = useRef(texts);
  words.current = texts;
  const [about, setAbout] = useState('');
  const [grammar, setGrammar] = useState<Extension>([]);
  useEffect(() => {
    let isCurrent = true;
    const around = { expressions: () => latest.current, docs: () => words.current, onAbout: setAbout };
    void LANGUAGES[language]?.(around).then((loaded) => isCurrent && setGrammar(loaded));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  const isProgram = language === 'javascript' || language === 'python';
  const extensions = useMemo(
    () => [
      lineNumbers(),
      bracketMatching(),
      indentOnInput(),
      STYLE,
      grammar,
      isProgram ? ROOM : [],
      isProgram ? [] : autocompletion({ icons: false }),
    ],
    [grammar, isProgram],
  );
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-sm font-medium">{label}</span>
      <CodeMirror
        label={label}
        describedBy={id}
        value={value}
        caret={caret}
        onChange={onChange}
        extensions={extensions}
      />
      {isProgram ? (
        // where the cursor is, for those who do not point
        <span role="status" className="h-4 truncate font-mono text-xs text-soft">
          {about}
        </span>
      ) : null}
      <span id={id} className="text-xs text-soft">
        <Ticked>{help}</Ticked>
      </span>
    </div>
  );
}
