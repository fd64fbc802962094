import type { JsonObject } from '../data/item.ts';
import type { Workflow, WorkflowNode } from '../graph/document.ts';
import { badExpressions } from './n8n/expressions.ts';
import { cutName, Names } from './n8n/names.ts';
import { addBindings, type Bindable, emptyReport, type ImportReport, type NodeStatus } from './n8n/report.ts';

/** One node as an importer gives it. */
interface Sketch {
  id: string;
  name: string;
  /** Registry type, or a name of its own for what nothing here runs. */
  type: string;
  version: number;
  parameters: JsonObject;
  position: [number, number];
  /** What it was called in the file. */
  foreignType: string;
  status: NodeStatus;
  reason?: string;
  more?: Partial<Pick<WorkflowNode, 'onError' | 'retry' | 'disabled' | 'notes'>>;
}

/** A document under construction: unique names and ids, edges by id, and the report beside it. */
export class Draft {
  readonly workflow: Workflow;
  readonly report = emptyReport();
  private readonly names = new Names();
  private readonly ids = new Names();

  constructor(name: unknown) {
    this.workflow = {
      schema: 1,
      name: typeof name === 'string' && name !== '' ? cutName(name) : 'Imported workflow',
      nodes: [],
      edges: [],
      settings: {},
      notes: [],
      pinned: [],
    };
  }

  /** Name a node will get; taken from now on. */
  name(wanted: string): string {
    return this.names.unique(cutName(wanted === '' ? 'Node' : wanted));
  }

  add({ foreignType, status, reason, more, ...node }: Sketch): string {
    const id = this.ids.unique(node.id);
    this.workflow.nodes.push({ ...node, ...more, id });
    this.report.nodes.push({
      id,
      name: node.name,
      type: foreignType,
      status,
      ...(reason === undefined ? {} : { reason }),
    });
    return id;
  }

  connect(from: string, to: string, output = 0): void {
    this.workflow.edges.push({
      from: { node: from, port: 'main', index: output },
      to: { node: to, port: 'main', index: 0 },
    });
  }

  node(id: string): WorkflowNode | undefined {
    return this.workflow.nodes.find((each) => each.id === id);
  }

  finish(bindable: Bindable | undefined): { workflow: Workflow; report: ImportReport } {
    const { report, workflow } = this;
    for (const { status } of report.nodes) report.counts[status]++;
    report.counts.nodes = workflow.nodes.length;
    report.counts.edges = workflow.edges.length;
    report.expressions = badExpressions(workflow.nodes);
    if (bindable) addBindings(report, workflow.edges, bindable);
    return { workflow, report };
  }
}
