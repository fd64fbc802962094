import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView, hoverTooltip } from '@codemirror/view';
import { bracketed, nodeNames } from '../completions.ts';
import type { ExpressionContext } from '../context.tsx';
import { contextOf, nodeNamed, SELF } from './context.ts';
import { membersOf, namesSeen, typeAt, type World } from './infer.ts';
import { type Member, type SyntaxNode, typeText } from './type.ts';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const MAX_DETAIL = 60;
/** Milliseconds of work: it is done with every key. */
const MAX_PLACES = 5_000;

/** What the context's names are for. */
export type Docs = Readonly<Record<string, string>>;
interface Surroundings {
  expressions: () => ExpressionContext | undefined;
  docs: () => Docs;
  /** Told what the name at the cursor is; '' when there is none. */
  onAbout: (text: string) => void;
}

const worldOf = (state: EditorState, expressions: ExpressionContext | undefined): World => ({
  text: state.doc.toString(),
  context: contextOf(expressions?.sample, expressions?.item ?? 0),
  self: SELF,
  node: (name) => nodeNamed(expressions?.sample, name),
  fuel: MAX_PLACES,
});

const detailOf = ({ type }: Member): string => {
  const text = typeText(type);
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text;
};

function optionOf(name: string, member: Member, info: string | undefined): Completion {
  const about = { label: name, detail: detailOf(member), ...(info === undefined ? {} : { info }) };
  if (member.isMethod) {
    const isBare = member.type.kind === 'function' && member.type.signature === '()';
    return snippetCompletion(isBare ? `${name}()` : `${name}(\${})`, { ...about, type: 'method' });
  }
  return { ...about, type: 'property', ...(IDENTIFIER.test(name) ? {} : { apply: bracketed(name) }) };
}

/** The expression in front of the dot that ends at, or before, the cursor. */
function ownerAt(node: SyntaxNode): SyntaxNode | null {
  const isBehind = ['.', '?.', 'PropertyName', '⚠'].includes(node.name);
  return isBehind && node.parent?.name === 'MemberExpression' ? node.parent.firstChild : null;
}

function complete(context: CompletionContext, { expressions, docs }: Surroundings): CompletionResult | null {
  const { state, pos } = context;
  const strings = nodeNames(context, expressions());
  if (strings) return strings;
  const node = syntaxTree(state).resolveInner(pos, -1);
  if (node.name === 'String' || node.name === 'TemplateString' || node.name.endsWith('Comment')) return null;
  const world = worldOf(state, expressions());
  const typed = /[\w$]*$/.exec(state.sliceDoc(Math.max(0, pos - 80), pos))?.[0] ?? '';
  const from = pos - typed.length;
  const isMember = /\.\s*$/.test(state.sliceDoc(Math.max(0, from - 20), from));
  if (isMember) {
    const dot = typed === '' ? node : syntaxTree(state).resolveInner(from, -1);
    const owner = ownerAt(node) ?? ownerAt(dot);
    // in the order they have: data as it lies, and what is used most first
    const options = [...membersOf(typeAt(owner, world))].map(([name, member], index) => ({
      ...optionOf(name, member, undefined),
      boost: Math.max(-99, 50 - index),
    }));
    return options.length > 0 ? { from, options, validFor: /^[\w$]*$/ } : null;
  }
  if (typed === '' && !context.explicit) return null;
  const own = namesSeen(node, world).filter((name) => name !== typed);
  const options: Completion[] = [
    ...own.map((label): Completion => ({ label, type: 'variable', boost: 5 })),
    ...[...world.context]
      .filter(([name]) => !own.includes(name))
      .map(([name, member]) => ({ ...optionOf(name, member, docs()[name]), boost: name.startsWith('$') ? 1 : 0 })),
  ];
  return { from, options, validFor: /^[$\w]*$/ };
}

/** JavaScript that knows what a step's code can read: completion after a dot, and a word on what is pointed at. */
export function javascriptWithContext(around: Surroundings): Extension {
  return [
    javascript(),
    autocompletion({ icons: false, override: [(context) => complete(context, around)] }),
    hoverTooltip((view, pos, side) => {
      const found = aboutAt(view.state, { pos, side }, around);
      return !found ? null : { pos: found.from, end: found.to, create: () => ({ dom: tooltip(found) }) };
    }),
    EditorView.updateListener.of(({ state, selectionSet, docChanged }) => {
      if (!selectionSet && !docChanged) return;
      const { head: pos } = state.selection.main;
      const found = aboutAt(state, { pos, side: -1 }, around) ?? aboutAt(state, { pos, side: 1 }, around);
      around.onAbout(found?.text ?? '');
    }),
  ];
}

interface About {
  from: number;
  to: number;
  /** As TypeScript would write it. */
  text: string;
  doc: string | undefined;
}

const NAMES: ReadonlySet<string> = new Set(['VariableName', 'VariableDefinition', 'PropertyName', 'this']);

/** What the name at a place is; undefined where there is none, or nothing is known of it. */
function aboutAt(
  state: EditorState,
  { pos, side }: { pos: number; side: -1 | 1 },
  { expressions, docs }: Surroundings,
): About | undefined {
  const node = syntaxTree(state).resolveInner(pos, side);
  if (!NAMES.has(node.name)) return undefined;
  const name = state.sliceDoc(node.from, node.to);
  const type = typeAt(node.name === 'PropertyName' ? node.parent : node, worldOf(state, expressions()));
  const doc = node.name === 'VariableName' ? docs()[name] : undefined;
  if (type.kind === 'any' && doc === undefined) return undefined;
  return { from: node.from, to: node.to, text: `${name}: ${typeText(type)}`, doc };
}

function tooltip({ text, doc }: About): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-about';
  dom.setAttribute('role', 'tooltip');
  dom.appendChild(document.createElement('code')).textContent = text;
  if (doc !== undefined) dom.appendChild(document.createElement('p')).textContent = doc;
  return dom;
}
