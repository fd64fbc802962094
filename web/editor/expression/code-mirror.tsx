import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { DRAGGED } from '../../data/dragged.ts';

/** By roles, as everything else: the variables reach into the shadow. */
const THEME = EditorView.theme({
  '&': { color: 'var(--c-ink)', backgroundColor: 'var(--c-card)', fontSize: '0.8125rem', borderRadius: '6px' },
  '&.cm-focused': { outline: '2px solid var(--c-accent)' },
  '.cm-content': { fontFamily: 'ui-monospace, monospace', padding: '6px 0', caretColor: 'var(--c-ink)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-scroller': { overflow: 'auto', maxHeight: '60vh' },
  '.cm-gutters': { backgroundColor: 'var(--c-well)', color: 'var(--c-soft)', border: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--c-ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--c-accent-soft) !important',
  },
  '.cm-expression': { backgroundColor: 'var(--c-accent-soft)', color: 'var(--c-accent)', borderRadius: '3px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--c-card)',
    border: '1px solid var(--c-line)',
    borderRadius: '8px',
    zIndex: '60',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--c-accent)',
    color: 'var(--c-on-accent)',
  },
  '.cm-about': { padding: '6px 10px', maxWidth: '34rem', fontSize: '0.8125rem' },
  '.cm-about code': { fontFamily: 'ui-monospace, monospace', whiteSpace: 'pre-wrap' },
  '.cm-about p': { margin: '4px 0 0', color: 'var(--c-soft)' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '22rem' },
  '.cm-completionDetail': { color: 'var(--c-soft)', fontStyle: 'normal', paddingLeft: '8px' },
  '[aria-selected] .cm-completionDetail': { color: 'var(--c-on-accent)' },
});

/** Where somebody was typing in a box that another takes the place of. Undefined: they were elsewhere. */
export type Caret = RefObject<number | undefined>;

interface CodeMirrorProps {
  label: string;
  /** Read out after the label. */
  describedBy?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  extensions: Extension;
  /** Taken over from the box before, if that had the focus. */
  caret?: Caret | undefined;
}

/**
 * CodeMirror as a controlled box. It lives in a shadow root: there its styles are adopted sheets, which the page's
 * policy allows, and not a style element, which it refuses. Tab leaves it, as it leaves every other box.
 */
export function CodeMirror(props: CodeMirrorProps) {
  const { label, describedBy = '', value, extensions } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const slot = useRef(new Compartment());
  /** Said with `onChange` and not yet come back as `value`. */
  const sent = useRef<string[]>([]);
  const id = useId();

  // before a key can be pressed: the box that had the focus may have just gone
  useLayoutEffect(() => {
    const place = host.current;
    if (!place) return;
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const state = EditorState.create({
      doc: latest.current.value,
      extensions: [
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        history(),
        drawSelection(),
        closeBrackets(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': latest.current.label, 'aria-multiline': 'true' }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const text = update.state.doc.toString();
          if (text === latest.current.value && sent.current.length === 0) return;
          sent.current.push(text);
          latest.current.onChange(text);
        }),
        EditorView.domEventHandlers({
          drop(event, target) {
            const dragged = event.dataTransfer?.getData(DRAGGED) ?? '';
            if (dragged === '') return false;
            event.preventDefault();
            const at = target.posAtCoords({ x: event.clientX, y: event.clientY }) ?? target.state.doc.length;
            target.dispatch({ changes: { from: at, insert: dragged }, selection: { anchor: at + dragged.length } });
            return true;
          },
        }),
        THEME,
        slot.current.of(latest.current.extensions),
      ],
    });
    const made = new EditorView({ state, parent: root, root });
    view.current = made;
    const { caret } = latest.current;
    if (caret?.current !== undefined) {
      made.dispatch({ selection: { anchor: Math.min(caret.current, made.state.doc.length) } });
      made.focus();
      caret.current = undefined;
    }
    return () => {
      made.destroy();
      view.current = undefined;
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: slot.current.reconfigure(extensions) });
  }, [extensions]);

  useEffect(() => {
    const editor = view.current;
    // what this box said itself comes back a moment later, when more may have been typed: that is no news
    const own = sent.current.lastIndexOf(value);
    if (own >= 0) {
      sent.current.splice(0, own + 1);
      return;
    }
    sent.current = [];
    const before = editor?.state.doc.toString();
    // what came from elsewhere: an undo, a drop, another person
    if (!editor || before === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return (
    <div
      ref={host}
      id={id}
      role="group"
      aria-label={label}
      {...(describedBy === '' ? {} : { 'aria-describedby': describedBy })}
      className="min-w-0 rounded-md border border-line"
    />
  );
}
