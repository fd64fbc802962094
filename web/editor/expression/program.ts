import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView, hoverTooltip } from '@codemirror/view';
import { bracketed, nodeNames } from './completions.ts';
import type { ExpressionContext } from './context.tsx';
import type { Member, Members, SyntaxNode, Type } from './javascript/type.ts';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const MAX_DETAIL = 60;
/** Milliseconds of work: it is done with every key. */
export const MAX_PLACES = 5_000;

/** What the context's names are for. */
export type Docs = Readonly<Record<string, string>>;
export interface Surroundings {
  expressions: () => ExpressionContext | undefined;
  docs: () => Docs;
  /** Told what the name at the cursor is; '' when there is none. */
  onAbout: (text: string) => void;
}

/** A language whose programs are known by example: by what the last run gave. */
export interface Language {
  grammar: Extension;
  /** Places in its tree that are names. */
  names: ReadonlySet<string>;
  /** What the context's names begin with. */
  sigil: string;
  /** What a program reads beside what it defines. */
  contextOf(expressions: ExpressionContext | undefined): Members;
  /** What one program says, as far as that can be told without running it. */
  read(
    text: string,
    expressions: ExpressionContext | undefined,
  ): { typeAt(node: SyntaxNode | null): Type; membersOf(type: Type): Members; namesSeen(at: SyntaxNode): string[] };
  typeText(type: Type): string;
}

/** A program that knows what a step's code can read: completion after a dot, and a word on what is pointed at. */
export function programWithContext(language: Language, around: Surroundings): Extension {
  const { typeText } = language;
  const read = (state: EditorState) => language.read(state.doc.toString(), around.expressions());
  const detailOf = ({ type }: Member): string => {
    const text = typeText(type);
    return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text;
  };
  const optionOf = (name: string, member: Member, info: string | undefined): Completion => {
    const about = { label: name, detail: detailOf(member), ...(info === undefined ? {} : { info }) };
    if (member.isMethod) {
      const isBare = member.type.kind === 'function' && member.type.signature === '()';
      return snippetCompletion(isBare ? `${name}()` : `${name}(\${})`, { ...about, type: 'method' });
    }
    return { ...about, type: 'property', ...(IDENTIFIER.test(name) ? {} : { apply: bracketed(name) }) };
  };
  const complete = (context: CompletionContext): CompletionResult | null => {
    const { expressions, docs } = around;
    const { state, pos } = context;
    const strings = nodeNames(context, expressions());
    if (strings) return strings;
    const node = syntaxTree(state).resolveInner(pos, -1);
    if (node.name.endsWith('String') || node.name.endsWith('Comment')) return null;
    const program = read(state);
    const typed = /[\w$]*$/.exec(state.sliceDoc(Math.max(0, pos - 80), pos))?.[0] ?? '';
    const from = pos - typed.length;
    const isMember = /\.\s*$/.test(state.sliceDoc(Math.max(0, from - 20), from));
    if (isMember) {
      const dot = typed === '' ? node : syntaxTree(state).resolveInner(from, -1);
      const owner = ownerAt(node) ?? ownerAt(dot);
      // in the order they have: data as it lies, and what is used most first
      const options = [...program.membersOf(program.typeAt(owner))].map(([name, member], index) => ({
        ...optionOf(name, member, undefined),
        boost: Math.max(-99, 50 - index),
      }));
      return options.length > 0 ? { from, options, validFor: /^[\w$]*$/ } : null;
    }
    if (typed === '' && !context.explicit) return null;
    const own = program.namesSeen(node).filter((name) => name !== typed);
    const options: Completion[] = [
      ...own.map((label): Completion => ({ label, type: 'variable', boost: 5 })),
      ...[...language.contextOf(expressions())]
        .filter(([name]) => !own.includes(name))
        .map(([name, member]) => ({
          ...optionOf(name, member, docs()[name]),
          boost: name.startsWith(language.sigil) ? 1 : 0,
        })),
    ];
    return { from, options, validFor: /^[$\w]*$/ };
  };
  /** What the name at a place is; undefined where there is none, or nothing is known of it. */
  const aboutAt = (state: EditorState, pos: number, side: -1 | 1): About | undefined => {
    const node = syntaxTree(state).resolveInner(pos, side);
    if (!language.names.has(node.name)) return undefined;
    const name = state.sliceDoc(node.from, node.to);
    const type = read(state).typeAt(node.name === 'PropertyName' ? node.parent : node);
    const doc = node.name === 'VariableName' ? around.docs()[name] : undefined;
    if (type.kind === 'any' && doc === undefined) return undefined;
    return { from: node.from, to: node.to, text: `${name}: ${typeText(type)}`, doc };
  };
  return [
    language.grammar,
    autocompletion({ icons: false, override: [complete] }),
    hoverTooltip((view, pos, side) => {
      const found = aboutAt(view.state, pos, side);
      return !found ? null : { pos: found.from, end: found.to, create: () => ({ dom: tooltip(found) }) };
    }),
    EditorView.updateListener.of(({ state, selectionSet, docChanged }) => {
      if (!selectionSet && !docChanged) return;
      const { head: pos } = state.selection.main;
      const found = aboutAt(state, pos, -1) ?? aboutAt(state, pos, 1);
      around.onAbout(found?.text ?? '');
    }),
  ];
}

/** The expression in front of the dot that ends at, or before, the cursor. */
function ownerAt(node: SyntaxNode): SyntaxNode | null {
  const isBehind = ['.', '?.', 'PropertyName', '⚠'].includes(node.name);
  return isBehind && node.parent?.name === 'MemberExpression' ? node.parent.firstChild : null;
}

interface About {
  from: number;
  to: number;
  /** As TypeScript would write it. */
  text: string;
  doc: string | undefined;
}

function tooltip({ text, doc }: About): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-about';
  dom.setAttribute('role', 'tooltip');
  dom.appendChild(document.createElement('code')).textContent = text;
  if (doc !== undefined) dom.appendChild(document.createElement('p')).textContent = doc;
  return dom;
}
