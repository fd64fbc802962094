import type { Binding, WorkflowNode } from '../graph/document.ts';
import type { ImportOptions, TypeMapping } from '../interop/n8n/index.ts';
import { compileNode } from '../node/compile.ts';
import { NodeError } from '../node/kit.ts';
import { NODES } from './registry.generated.ts';

const REGISTRY = new Map(NODES.map((node) => [node.type, node]));

/** n8n's names for what we have, older ones included: what the importer translates by. */
export const N8N_TYPES: ReadonlyMap<string, TypeMapping> = new Map(
  NODES.flatMap(({ type, n8n, fields }) => {
    const choosesAuthentication = fields.some(({ name }) => name === 'authentication');
    return (n8n ? [n8n, ...(n8n.also ?? [])] : []).map(
      ({ type: name, versions, differs }): readonly [string, TypeMapping] => [
        name,
        { type, versions, ...(differs === undefined ? {} : { differs }), choosesAuthentication },
      ],
    );
  }),
);

/** A way to do the work of a node that has no connector; whoever binds it fills in the rest. */
const template = (type: string, parameters: Binding['parameters']): Binding => {
  const version = REGISTRY.get(type)?.version;
  return { type, ...(version === undefined ? {} : { version }), parameters };
};

const STEP_BINDINGS: readonly Binding[] = [
  template('http-request', { method: 'POST', url: '', sendBody: true, specifyBody: 'json', jsonBody: '={{ $json }}' }),
  template('fixed-items', { items: [{}] }),
  template('execute-workflow', { workflowId: '' }),
];
const TRIGGER_BINDINGS: readonly Binding[] = [
  template('webhook', { httpMethod: 'POST', path: '' }),
  template('schedule', { rule: { interval: [{ field: 'hours' }] } }),
  template('manual', {}),
];

/** What this program cannot do with a node's parameters, whoever runs it: nodes say so when they are compiled. */
function refusal(def: WorkflowNode): string | undefined {
  const type = REGISTRY.get(def.type);
  if (!type) return undefined;
  try {
    compileNode(type, { index: 0, def, outputs: [], inputCount: 1, parents: [] });
    return undefined;
  } catch (error) {
    return error instanceof NodeError && error.code.startsWith('unsupported') ? error.message : undefined;
  }
}

/** How n8n files are read here, by server and command line alike. */
export const N8N_IMPORT: ImportOptions = {
  types: N8N_TYPES,
  refusal,
  bindable: { step: STEP_BINDINGS, trigger: TRIGGER_BINDINGS },
};
