import type { WorkflowNode } from '../../graph/document.ts';
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
}

export interface ImportReport {
  nodes: NodeReport[];
  counts: Record<NodeStatus | 'nodes' | 'notes' | 'edges' | 'unusableEdges', number>;
  /** Sentences about the workflow as a whole. */
  notes: string[];
}

export interface TypeMapping {
  /** Our type. */
  type: string;
  /** Versions of the n8n node it honours. */
  versions: readonly number[];
}

/** What becomes of one node. */
export function reportNode(
  node: WorkflowNode,
  source: { type: string; mapping: TypeMapping | undefined; isNative: boolean; changes: readonly string[] },
): NodeReport {
  const base = { id: node.id, name: node.name, type: source.type };
  const reasons = [...source.changes];
  if (!source.mapping && !source.isNative) {
    reasons.unshift(`No connector runs nodes of this type yet.`);
    return { ...base, status: 'needs-connector', reason: reasons.join(' ') };
  }
  const versions = source.mapping?.versions;
  if (versions && !versions.includes(node.version)) {
    reasons.push(`It was written for version ${node.version}; here are ${versions.join(', ')}.`);
  }
  const credential = credentialOf(node);
  if (credential !== undefined) {
    reasons.unshift(`Choose a credential: ${credential}.`);
    return { ...base, status: 'needs-credential', reason: reasons.join(' ') };
  }
  if (reasons.length > 0) return { ...base, status: 'changed', reason: reasons.join(' ') };
  return { ...base, status: 'runs' };
}

/** Which credential a node asks for: exports name them, and shared files often keep only the kind of authentication. */
function credentialOf(node: WorkflowNode): string | undefined {
  const kinds = Object.keys(node.credentials ?? {});
  if (kinds.length > 0) return kinds.map((kind) => kind.slice(0, 80)).join(', ');
  const authentication = own(node.parameters, 'authentication');
  if (typeof authentication !== 'string' || authentication === '' || authentication === 'none') return undefined;
  const kind = own(node.parameters, 'genericAuthType') ?? own(node.parameters, 'nodeCredentialType');
  return (typeof kind === 'string' ? kind : authentication).slice(0, 80);
}
