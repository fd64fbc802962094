import { relative, sep } from 'node:path';
import { refusal } from './layers.ts';

// The part of the ESLint rule interface these rules use; oxlint has no types of its own for it.
interface Node {
  type: string;
  source?: { value?: unknown } | null;
  callee?: { type: string; name?: string };
  arguments?: unknown[];
}
interface Context {
  filename: string;
  cwd: string;
  report(problem: { node: Node; message: string }): void;
}
type Visitor = Record<string, (node: Node) => void>;

const layers = {
  create(context: Context): Visitor {
    const importer = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (node: Node): void => {
      const specifier = node.source?.value;
      const why = typeof specifier === 'string' ? refusal(importer, specifier) : undefined;
      if (why) {
        context.report({ node, message: why });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** `new Date()` and `Date()` read the clock; in core the time is an argument. */
const noClock = {
  create(context: Context): Visitor {
    const check = (node: Node): void => {
      const isDate = node.callee?.type === 'Identifier' && node.callee.name === 'Date';
      if (isDate && (node.type === 'CallExpression' || node.arguments?.length === 0)) {
        context.report({ node, message: 'This reads the clock: take `nowMs` as an argument.' });
      }
    };
    return { NewExpression: check, CallExpression: check };
  },
};

export default { meta: { name: 'millrace' }, rules: { layers, 'no-clock': noClock } };
