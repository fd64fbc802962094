import type { Binding, WorkflowNode } from '../graph/document.ts';
import type { ImportOptions, TypeMapping } from '../interop/n8n/index.ts';
import { CREDENTIAL_TYPES } from '../credentials/registry.generated.ts';
import { compileNode } from '../node/compile.ts';
import { NodeError, type NodeType } from '../node/kit.ts';
import { NODES } from './registry.generated.ts';
import { TOOL_DIFFERS } from './tool-input.ts';

const REGISTRY = new Map(NODES.map((node) => [node.type, node]));

/** n8n makes a tool of any node of its base set: the same type and parameters under this ending. */
const AS_TOOL = 'Tool';
const BASE = 'n8n-nodes-base.';

function mappingsOf({ type, n8n, fields, trigger, credential }: NodeType): (readonly [string, TypeMapping])[] {
  const choosesAuthentication = fields.some(({ name }) => name === 'authentication');
  return (n8n ? [n8n, ...(n8n.also ?? [])] : []).flatMap(({ type: name, versions, differs }) => {
    const mapping: TypeMapping = {
      type,
      versions,
      ...(differs === undefined ? {} : { differs }),
      choosesAuthentication,
      ...(credential ? { credential } : {}),
    };
    const itself = [name, mapping] as const;
    if (trigger !== undefined || !name.startsWith(BASE)) return [itself];
    return [itself, [`${name}${AS_TOOL}`, { ...mapping, differs: TOOL_DIFFERS }] as const];
  });
}

/** n8n's names for what we have, older ones included: what the importer translates by. */
export const N8N_TYPES: ReadonlyMap<string, TypeMapping> = new Map(NODES.flatMap(mappingsOf));

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
  credentialTypes: new Set(CREDENTIAL_TYPES.map(({ type }) => type)),
  refusal,
  bindable: { step: STEP_BINDINGS, trigger: TRIGGER_BINDINGS },
};
