import type { Workflow } from '../../../core/graph/document.ts';
import { pointer, type Problem as Diagnosis, ProblemList } from '../../../core/graph/problem.ts';
import { NODE_TYPES } from './node-types.ts';
import { eachText, variablesIn } from './requirements.ts';

/** Where an expression reads a secret variable and the node can do nothing with it (ENV6). `secret`: names of variables. */
export function inertSecrets({ nodes }: Workflow, secret: ReadonlySet<string>): Diagnosis[] {
  const problems = new ProblemList();
  nodes.forEach(({ type, parameters, disabled }, index) => {
    if (disabled === true) return;
    const known = NODE_TYPES.get(type);
    if (!known) return;
    eachText(parameters, (text, path) => {
      const names = variablesIn(text).filter((name) => secret.has(name));
      if (names.length === 0 || known.usesSecrets?.(parameters, String(path[0] ?? ''))) return;
      problems.warn(
        path.reduce<string>((base, key) => pointer(base, key), pointer(pointer('/nodes', index), 'parameters')),
        'secret-unusable',
        `$vars.${names[0]} is secret: here it is a placeholder, not its value.`,
        'Its value is put in where something is sent: HTTP Request, GraphQL, e-mail, SSH, FTP, requests of Code, the key of Crypto. Read it there, or use a credential.',
      );
    });
  });
  return problems.listWarnings();
}
