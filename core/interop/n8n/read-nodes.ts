import type { Json, JsonObject } from '../../data/item.ts';
import type { Note, WorkflowNode } from '../../graph/document.ts';
import { writeNode } from './export.ts';
import { asObject, own } from './json.ts';
import type { Aside, NodeKeepsake } from './keep.ts';
import { cutName, fitsName, Names, titleOf } from './names.ts';
import { readFields } from './node-fields.ts';
import { diff } from './patch.ts';
import { type NodeReport, reportNode, type TypeMapping } from './report.ts';
import { readSticky, STICKY_TYPE, writeSticky } from './sticky.ts';

interface NodeTypes {
  /** n8n type → ours. */
  types: ReadonlyMap<string, TypeMapping>;
  /** Our types: a file may name them, if we wrote it. */
  natives: ReadonlySet<string>;
  /** Why a node of ours cannot run with its parameters. */
  refusal?(node: WorkflowNode): string | undefined;
  /** Types of credentials that can be kept here. */
  credentialTypes?: ReadonlySet<string>;
}

interface ReadNodes {
  nodes: WorkflowNode[];
  notes: Note[];
  asides: Aside[];
  reports: NodeReport[];
  kept: Map<string, NodeKeepsake>;
  /** Name in the file → id; the first of several nodes of one name owns its connections. */
  idOf: Map<string, string>;
  /** Id → name in the file, for those owners. */
  fileNames: Map<string, string>;
}

/** The entries of `nodes` as nodes, notes and junk; ids and names made usable and unique. */
export function readNodes(list: readonly Json[], options: NodeTypes): ReadNodes {
  const read: ReadNodes = {
    nodes: [],
    notes: [],
    asides: [],
    reports: [],
    kept: new Map(),
    idOf: new Map(),
    fileNames: new Map(),
  };
  // one for both: what is done to a step by its id must not be done to a note
  const [names, ids] = [new Names(), new Names()];
  list.forEach((entry, index) => {
    const raw = asObject(entry);
    if (!raw) {
      read.asides.push({ at: index, patches: [], junk: entry });
      return;
    }
    const changes: string[] = [];
    const fields = readFields(raw, index, changes);
    const rawName = own(raw, 'name');
    if (own(raw, 'type') === STICKY_TYPE) {
      const note = readSticky(raw, readId(raw, index, ids), fields.position);
      const name = typeof rawName === 'string' ? rawName : undefined;
      const patches = diff(raw, writeSticky(note, name ?? ''), 2).filter(
        (patch) => name !== undefined || patch.at[0] !== 'name',
      );
      read.notes.push(note);
      read.asides.push({ at: index, note: note.id, ...(name === undefined ? {} : { name }), patches });
      return;
    }
    const { type, mapping, fileType } = readType(raw, options);
    const wanted = typeof rawName === 'string' && rawName !== '' ? cutName(rawName) : titleOf(fileType);
    const name = names.unique(wanted);
    const id = readId(raw, index, ids);
    if (typeof rawName === 'string' && rawName !== '') {
      if (name !== rawName) changes.push('It was renamed: names must be unique and at most 1 kB.');
      if (!read.idOf.has(rawName)) {
        read.idOf.set(rawName, id);
        read.fileNames.set(id, rawName);
      }
    }
    const node: WorkflowNode = { id, name, type, ...fields };
    const kept: NodeKeepsake = { fields: [], connections: [], barePins: false, pins: [] };
    if (type !== fileType) kept.type = { raw: fileType, ours: type };
    kept.fields = diff(raw, writeNode(node, kept, new Map()), 1);
    read.nodes.push(node);
    read.kept.set(id, kept);
    const refusal = mapping ? options.refusal?.(node) : undefined;
    const isNative = options.natives.has(fileType);
    const { credentialTypes } = options;
    read.reports.push(reportNode(node, { type: fileType, mapping, isNative, changes, refusal, credentialTypes }));
  });
  return read;
}

function readType(
  raw: JsonObject,
  options: NodeTypes,
): { type: string; mapping: TypeMapping | undefined; fileType: string } {
  const value = own(raw, 'type');
  const fileType = typeof value === 'string' && value !== '' ? cutName(value) : 'unknown';
  const mapping = options.types.get(fileType);
  return { type: mapping?.type ?? fileType, mapping, fileType };
}

/** Ids are only as good as the file: missing, odd and repeated ones are made up from the place in it. */
function readId(raw: JsonObject, index: number, ids: Names): string {
  const value = own(raw, 'id');
  const text = typeof value === 'number' ? String(value) : value;
  const wanted = typeof text === 'string' && fitsName(text) ? text : `n8n-${index}`;
  return ids.unique(wanted);
}
