import type { Json } from '../data/item.ts';
import { withBindings } from '../graph/binding.ts';
import type { Workflow } from '../graph/document.ts';
import { type Graph, wire } from '../graph/graph.ts';
import { compileNode } from '../node/compile.ts';
import { NodeError, type NodeExecutor, type NodeType, type Param } from '../node/kit.ts';
import { compileValue } from '../node/param.ts';

export type Registry = ReadonlyMap<string, NodeType>;

/** Keys and priority of admission, ready to evaluate on the trigger's first item. */
interface CompiledLimits {
  concurrencyKey: Param<Json>;
  rateKey: Param<Json>;
  debounceKey: Param<Json>;
  priority: Param<Json>;
  idempotencyKey: Param<Json> | undefined;
}

/** One version of a workflow, wired and compiled. Immutable, shared by all its runs. */
export interface Program {
  workflow: string;
  version: string;
  graph: Graph;
  registry: Registry;
  limits: CompiledLimits;
  /** Compiles on first use. Throws NodeError for an unknown type or unusable parameters. */
  executor(node: number): NodeExecutor;
  /** Every node upstream of `node`, itself included. */
  ancestors(node: number): ReadonlySet<number>;
}

export function compileProgram(source: {
  workflow: string;
  version: string;
  doc: Workflow;
  registry: Registry;
}): Program {
  const graph = wire(withBindings(source.doc, (type) => source.registry.get(type)?.version));
  const executors: (NodeExecutor | undefined)[] = [];
  const upstream = new Map<number, ReadonlySet<number>>();
  const { settings } = source.doc;
  return {
    workflow: source.workflow,
    version: source.version,
    graph,
    registry: source.registry,
    limits: {
      concurrencyKey: compileValue(settings.concurrency?.key),
      rateKey: compileValue(settings.rateLimit?.key),
      debounceKey: compileValue(settings.debounce?.key),
      priority: compileValue(settings.priority),
      idempotencyKey: settings.idempotencyKey === undefined ? undefined : compileValue(settings.idempotencyKey),
    },
    executor(index) {
      const ready = executors[index];
      if (ready) return ready;
      const node = graph.nodes[index];
      if (!node) throw new NodeError('node-missing', `This version has no node number ${index}.`);
      const type = source.registry.get(node.def.type);
      if (!type) {
        throw new NodeError('unknown-node-type', `Nothing here can run a node of type "${node.def.type}".`, {
          description: 'Replace the node, bind it to an HTTP call, or disable it; the rest of the workflow is intact.',
        });
      }
      return (executors[index] = compileNode(type, node));
    },
    ancestors(node) {
      const known = upstream.get(node);
      if (known) return known;
      const seen = new Set<number>([node]);
      const queue = [node];
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        for (const parents of graph.nodes[next]?.parents ?? []) {
          for (const parent of parents) {
            if (!seen.has(parent)) {
              seen.add(parent);
              queue.push(parent);
            }
          }
        }
      }
      upstream.set(node, seen);
      return seen;
    },
  };
}
