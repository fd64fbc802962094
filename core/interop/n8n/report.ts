import type { JsonObject } from '../../data/item.ts';
import type { Edge, Binding, WorkflowNode } from '../../graph/document.ts';
import { own } from './json.ts';

/**
 * runs: as in the file. needs-credential: runs once a credential is chosen. needs-connector: nothing here runs it.
 * changed: runs, but not exactly as in the file; the reason says how.
 */
export type NodeStatus = 'runs' | 'needs-credential' | 'needs-connector' | 'changed';

export interface NodeReport {
  id: string;
  name: string;
  /** The type in the file. */
  type: string;
  status: NodeStatus;
  reason?: string;
  /** Types it can be bound to: set `binding` of the node to the template of that type in the report, filled in. */
  bind?: string[];
}

/** A `{{ }}` segment that cannot run; it could not in n8n either, or it uses what is refused here. */
export interface ExpressionReport {
  node: string;
  /** Where in the parameters, as a JSON pointer. */
  path: string;
  /** Offset in that text. */
  position: number;
  message: string;
}

export interface ImportReport {
  nodes: NodeReport[];
  counts: Record<NodeStatus | 'nodes' | 'notes' | 'edges' | 'unusableEdges', number>;
  /** Sentences about the workflow as a whole. */
  notes: string[];
  /** Templates of bindings, by type; only those that a node of the report names. */
  bindings: Record<string, Binding>;
  /** The first hundred. */
  expressions: ExpressionReport[];
}

export function emptyReport(): ImportReport {
  return {
    nodes: [],
    counts: {
      nodes: 0,
      notes: 0,
      edges: 0,
      unusableEdges: 0,
      runs: 0,
      'needs-credential': 0,
      'needs-connector': 0,
      changed: 0,
    },
    notes: [],
    bindings: {},
    expressions: [],
  };
}

export interface TypeMapping {
  /** Our type. */
  type: string;
  /** Versions of the n8n node it honours. */
  versions: readonly number[];
  /** What of it is not as in n8n, always or with these parameters, as a sentence. */
  differs?: string | ((parameters: JsonObject) => string | undefined);
  /** Its parameter `authentication` says whether it uses a credential; those a file still names are leftovers. */
  choosesAuthentication?: boolean;
  /** The type of credential it cannot do without, whatever the file names. */
  credential?: (parameters: JsonObject) => string | undefined;
}

/** What placeholders can be bound to: those that start a run, and all others. */
export interface Bindable {
  trigger: readonly Binding[];
  step: readonly Binding[];
}

/** What becomes of one node. */
export function reportNode(
  node: WorkflowNode,
  source: {
    type: string;
    mapping: TypeMapping | undefined;
    isNative: boolean;
    changes: readonly string[];
    /** Why it cannot run with its parameters. */
    refusal: string | undefined;
    /** Types of credentials that can be kept here; undefined: not known. */
    credentialTypes: ReadonlySet<string> | undefined;
  },
): NodeReport {
  const base = { id: node.id, name: node.name, type: source.type };
  const reasons = [...source.changes];
  if (!source.mapping && !source.isNative) {
    reasons.unshift(`No connector runs nodes of this type yet.`);
    return { ...base, status: 'needs-connector', reason: reasons.join(' ') };
  }
  if (source.refusal !== undefined) {
    reasons.unshift(`It cannot run as it is: ${source.refusal}`);
    return { ...base, status: 'needs-connector', reason: reasons.join(' ') };
  }
  const versions = source.mapping?.versions;
  if (versions && !versions.includes(node.version)) {
    reasons.push(`It was written for version ${node.version}; here are ${versions.join(', ')}.`);
  }
  const given = source.mapping?.differs;
  const differs = typeof given === 'function' ? given(node.parameters) : given;
  if (differs !== undefined) reasons.push(differs);
  const credential = credentialOf(node, source.mapping);
  if (credential !== undefined) {
    const foreign = source.credentialTypes && isService(credential) && !source.credentialTypes.has(credential);
    if (foreign) reasons.unshift(`Or choose generic authentication: credentials of that type cannot be kept here yet.`);
    reasons.unshift(`Choose a credential: ${credential}.`);
    return { ...base, status: 'needs-credential', reason: reasons.join(' ') };
  }
  if (reasons.length > 0) return { ...base, status: 'changed', reason: reasons.join(' ') };
  return { ...base, status: 'runs' };
}

/** Names the credential of a service (`googleDriveOAuth2Api`), not a kind of authentication (`basicAuth`). */
const isService = (kind: string): boolean => /^\w+Api$|^aws$/.test(kind);

/** Which credential a node asks for: exports name them, and shared files often keep only the kind of authentication. */
function credentialOf(node: WorkflowNode, mapping: TypeMapping | undefined): string | undefined {
  const needed = mapping?.credential?.(node.parameters);
  if (needed !== undefined) return needed;
  const authentication = own(node.parameters, 'authentication');
  const asks = typeof authentication === 'string' && authentication !== '' && authentication !== 'none';
  const kinds = Object.keys(node.credentials ?? {});
  if (kinds.length > 0 && (asks || mapping?.choosesAuthentication !== true)) {
    return kinds.map((kind) => kind.slice(0, 80)).join(', ');
  }
  if (!asks) return undefined;
  const kind = own(node.parameters, 'genericAuthType') ?? own(node.parameters, 'nodeCredentialType');
  return (typeof kind === 'string' ? kind : authentication).slice(0, 80);
}

/** Says of every placeholder what it can be bound to, and puts the templates into the report. */
export function addBindings(report: ImportReport, edges: readonly Edge[], bindable: Bindable): void {
  const suppliers = new Set(edges.flatMap(({ from }) => (from.port === 'main' ? [] : [from.node])));
  const fed = new Set(edges.flatMap(({ to }) => (to.port === 'main' ? [to.node] : [])));
  for (const node of report.nodes) {
    if (node.status !== 'needs-connector') continue;
    // What supplies a model or a tool to another node never runs itself: there is nothing to bind.
    if (suppliers.has(node.id)) {
      node.reason = `It supplies another node. ${node.reason ?? ''}`.trim();
      continue;
    }
    const starts = !fed.has(node.id) && /trigger/i.test(node.type);
    const templates = starts ? bindable.trigger : bindable.step;
    node.bind = templates.map(({ type }) => type);
    for (const template of templates) report.bindings[template.type] = template;
  }
}
