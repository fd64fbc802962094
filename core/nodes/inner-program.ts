import { outerOf } from '../engine/inner.ts';
import { compileProgram, type Program } from '../engine/program.ts';
import { importN8n } from '../interop/n8n/index.ts';
import { N8N_TYPES } from './n8n-types.ts';

/** The workflow written on a node of `outer`, as n8n JSON in its parameter `workflowJson`; undefined without one. */
export function innerProgram(outer: Program, version: string): Program | undefined {
  const inner = outerOf(version);
  if (inner?.version !== outer.version) return undefined;
  const index = outer.graph.byId.get(inner.node);
  const written = index === undefined ? undefined : outer.graph.nodes[index]?.def.parameters.workflowJson;
  const doc = importN8n(written, { types: N8N_TYPES }).workflows[0]?.workflow;
  return doc && compileProgram({ workflow: outer.workflow, version, doc, registry: outer.registry });
}
