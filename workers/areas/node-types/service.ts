import type { JsonObject } from '../../../core/data/item.ts';
import type { WorkflowNode } from '../../../core/graph/document.ts';
import { checkParameters, type ParameterProblem } from '../../../core/node/check.ts';
import { credentialWanted } from '../../../core/node/credential.ts';
import { compileNode } from '../../../core/node/compile.ts';
import { NodeError, type NodeType } from '../../../core/node/kit.ts';
import { N8N_TYPES } from '../../../core/nodes/n8n-types.ts';
import { NODES } from '../../../core/nodes/registry.generated.ts';
import type { NodeTypeView } from './contract.ts';

const BY_TYPE: ReadonlyMap<string, NodeType> = new Map(NODES.map((node) => [node.type, node]));

const FOREIGN = new Map<string, string[]>();
for (const [name, { type }] of N8N_TYPES) FOREIGN.set(type, [...(FOREIGN.get(type) ?? []), name]);

interface Ports {
  id: string;
  outputs: number;
  fault?: { code: string; message: string; hint?: string };
  credential?: string;
  problems: ParameterProblem[];
}

/** Never throws: a node that cannot be compiled has one output and says why. */
export function portsOf(node: { id: string; type: string; version: number; parameters: JsonObject }): Ports {
  const { id } = node;
  const type = BY_TYPE.get(node.type);
  if (!type) {
    const fault = { code: 'node-unknown', message: `There is no node type ${node.type}.` };
    return { id, outputs: 1, fault, problems: [] };
  }
  const problems = checkParameters(type.fields, node.parameters, type.defaults?.(node.version));
  const wanted = credentialWanted(type, node.parameters);
  const known = { id, problems, ...(wanted === undefined ? {} : { credential: wanted }) };
  const def: WorkflowNode = { ...node, name: id, position: [0, 0] };
  try {
    const { outputs } = compileNode(type, { index: 0, def, outputs: [], inputCount: 1, parents: [] });
    return { ...known, outputs };
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    const hint = error.description === undefined ? {} : { hint: error.description };
    return { ...known, outputs: 1, fault: { code: error.code, message: error.message, ...hint } };
  }
}

export const catalog = (): NodeTypeView[] =>
  NODES.map(({ type, title, summary, group, icon, version, fields, trigger, inputs }) => ({
    type,
    title,
    summary,
    group,
    icon,
    version,
    fields: fields.map((field) => ({ ...field })),
    ...(trigger === undefined ? {} : { trigger }),
    inputs: inputs ?? (trigger === undefined ? 1 : 0),
    outputs: portsOf({ id: type, type, version, parameters: {} }).outputs,
    n8n: FOREIGN.get(type) ?? [],
  }));
