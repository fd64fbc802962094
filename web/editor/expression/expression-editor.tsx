import { autocompletion, startCompletion } from '@codemirror/autocomplete';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { Prec } from '@codemirror/state';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTexts } from '../../text/index.tsx';
import { Said } from '../../text/said/index.tsx';
import { type Caret, CodeMirror } from './code-mirror.tsx';
import { complete } from './completions.ts';
import { useExpressions } from './context.tsx';
import type { Answer } from './preview.ts';
import { Ticked } from '../../ui/ticked.tsx';

const QUIET_MS = 120;

const marker = new MatchDecorator({
  regexp: /\{\{.*?\}\}/gs,
  decoration: Decoration.mark({ class: 'cm-expression' }),
});
const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = marker.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = marker.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** `{{` brings its end along, and typing the end goes through what is there. */
const handleBraces = (view: EditorView, from: number, to: number, text: string): boolean => {
  const { state } = view;
  const after = state.sliceDoc(to, to + 3);
  if (text === '{' && state.sliceDoc(from - 1, from) === '{' && state.sliceDoc(from - 2, from) !== '{{') {
    // the first brace brought one of its own along
    const end = after.startsWith('}') ? to + 1 : to;
    view.dispatch({
      changes: { from, to: end, insert: '{  }}' },
      selection: { anchor: from + 2 },
      userEvent: 'input.type',
    });
    startCompletion(view);
    return true;
  }
  if (text === '}' && after === ' }}') {
    view.dispatch({ selection: { anchor: to + 2 }, userEvent: 'input.type' });
    return true;
  }
  return false;
};
// before what pairs single brackets
const braces = Prec.highest(EditorView.inputHandler.of(handleBraces));

interface ExpressionEditorProps {
  label: string;
  hideLabel?: boolean;
  /** Without the leading `=`. */
  value: string;
  /** Where somebody was typing in the box that this takes the place of. */
  caret?: Caret;
  onChange: (value: string) => void;
  help?: string;
}

/** An expression with what it gives for the chosen item below it, computed while it is typed. */
export function ExpressionEditor(props: ExpressionEditorProps) {
  const { label, hideLabel = false, value, caret, onChange, help } = props;
  const expressions = useExpressions();
  const latest = useRef(expressions);
  latest.current = expressions;
  const id = useId();
  const extensions = useMemo(
    () => [
      marks,
      braces,
      autocompletion({
        override: [(context) => complete(context, latest.current)],
        icons: false,
      }),
    ],
    [],
  );
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {hideLabel ? null : <span className="text-sm font-medium">{label}</span>}
      <CodeMirror
        label={label}
        describedBy={id}
        value={value}
        caret={caret}
        onChange={onChange}
        extensions={extensions}
      />
      <div id={id} className="flex min-w-0 flex-col gap-0.5 text-xs">
        <Result label={label} text={`=${value}`} />
        {help === undefined ? null : (
          <span className="text-soft">
            <Ticked>{help}</Ticked>
          </span>
        )}
      </div>
    </div>
  );
}

function Result({ label, text }: { label: string; text: string }) {
  const texts = useTexts();
  const expressions = useExpressions();
  const [answer, setAnswer] = useState<Answer>();
  const { preview, sample, item } = expressions ?? {};
  useEffect(() => {
    if (!preview || item === undefined) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void preview.value(text, item).then((next) => isCurrent && setAnswer(next));
    }, QUIET_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [preview, sample, item, text]);
  if (!sample || !answer || answer.kind === 'members') return null;
  if (answer.kind === 'error') {
    return (
      <p role="status" aria-label={texts.panel.resultOf(label)} className="text-bad">
        <Said text={answer.message} />
        {answer.position === undefined ? '' : ` (${texts.panel.position(answer.position)})`}{' '}
        <span className="text-soft">{texts.panel.explained[answer.code] ?? ''}</span>
      </p>
    );
  }
  if (answer.kind === 'nothing') {
    return (
      <p role="status" aria-label={texts.panel.resultOf(label)} className="text-soft">
        {texts.panel.nothing}
      </p>
    );
  }
  return (
    <div role="status" aria-label={texts.panel.resultOf(label)} className="flex min-w-0 gap-2">
      <span className="shrink-0 text-soft">
        #{item} {answer.type}
      </span>
      <pre className="max-h-24 min-w-0 flex-1 overflow-auto font-mono break-all whitespace-pre-wrap text-good">
        {answer.text}
        {answer.isCut ? '…' : ''}
      </pre>
    </div>
  );
}
