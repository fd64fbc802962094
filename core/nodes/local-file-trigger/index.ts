import type { Json, JsonObject } from '../../data/item.ts';
import type { FilesCall, FilesReplyValue } from '../../files/effect.ts';
import { type Glob, globOf, isGlob } from '../../files/glob.ts';
import { tenantFolder, tenantPath } from '../../files/path.ts';
import { type Kept, NodeError, type NodeType, type StepContext, defineNode } from '../../node/kit.ts';
import { type Change, type Seen, changesBetween } from './changes.ts';

/** Kept data is one row: enough for this many files with short paths. */
const MAX_WATCHED = 5_000;

export const node: NodeType = defineNode({
  type: 'local-file-trigger',
  title: 'File trigger',
  summary: 'Starts when files of your tenant are added, changed or deleted.',
  group: 'trigger',
  icon: 'folder-open',
  n8n: { type: 'n8n-nodes-base.localFileTrigger', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'triggerOn',
      label: 'Trigger on',
      type: 'options',
      options: ['file', 'folder'],
      required: true,
      description: 'Changes of one file, or anything in a folder.',
    },
    { name: 'path', label: 'File or folder', type: 'string', required: true },
    {
      name: 'events',
      label: 'Watch for',
      type: 'options',
      options: ['add', 'change', 'unlink', 'addDir', 'unlinkDir'],
      description: 'A list. Folders exist while files are in them.',
    },
    { name: 'pollTimes.item', label: 'Look at', type: 'collection', description: 'Every minute unless set.' },
    {
      name: 'options.ignored',
      label: 'Ignore',
      type: 'string',
      description: 'A pattern, tested against the whole path.',
    },
    {
      name: 'options.depth',
      label: 'Folders deep',
      type: 'number',
      default: -1,
      description: '-1 is all the way down.',
    },
  ],
  trigger: 'poll',
  inputs: 0,
  compile(kit) {
    const isFile = kit.raw('triggerOn') !== 'folder';
    const text = String(kit.raw('path') ?? '');
    const path = isFile ? tenantPath(text) : tenantFolder(text);
    const events = eventsOf(kit.raw('events'), isFile);
    const ignored = ignoredOf(kit.raw('options.ignored'));
    const depth = Number(kit.raw('options.depth') ?? -1);
    const isWatched = (file: string): boolean => {
      if (ignored?.matches(file) || (isFile && file !== path)) return false;
      const below = path === '' ? file : file.slice(path.length + 1);
      return depth < 0 || below.split('/').length - 1 <= depth;
    };
    return {
      outputs: 1,
      run(step) {
        // A test run from the editor brings its own items.
        if (step.items.some(({ json }) => Object.hasOwn(json, 'event'))) {
          return { kind: 'output', outputs: [step.items] };
        }
        const calls: FilesCall[] = [{ op: 'list', itemIndex: 0, path }];
        const payload = { calls, continueOnFail: false } as unknown as JsonObject;
        return { kind: 'effect', effect: { kind: 'tenant-files', class: 'pure', payload } };
      },
      resume(step, wake) {
        if (wake.kind !== 'reply') throw new NodeError('bad-wake', `This node cannot continue after '${wake.kind}'.`);
        const [result] = (wake.value as unknown as FilesReplyValue).results;
        const files = result?.ok ? result.files.filter(({ path: file }) => isWatched(file)) : [];
        if (files.length > MAX_WATCHED) {
          throw new NodeError('too-many-files', `A trigger can watch ${MAX_WATCHED} files; here are ${files.length}.`, {
            description: 'Watch a smaller folder, or ignore some of it.',
          });
        }
        const seen: Seen = new Map(files.map((file) => [file.path, file.etag ?? '']));
        const before = seenBefore(step, path);
        const changes = before ? changesBetween(before, seen).filter(({ event }) => events.has(event)) : [];
        const items = changes.map((change) => ({ json: { ...change } satisfies JsonObject }));
        const keep: Kept = { node: { path, files: [...seen] } };
        return { kind: 'output', outputs: [items], keep };
      },
    };
  },
});

/** Nothing when this is the first look, or when the node watched something else before. */
function seenBefore(step: StepContext, path: string): Seen | undefined {
  const kept = step.kept('node');
  const files = kept['path'] === path ? kept['files'] : undefined;
  return Array.isArray(files) ? new Map(files as unknown as [string, string][]) : undefined;
}

function eventsOf(raw: Json | undefined, isFile: boolean): ReadonlySet<Change['event']> {
  const listed = Array.isArray(raw) ? raw.map(String) : [];
  return new Set((isFile || listed.length === 0 ? ['change', 'add', 'unlink'] : listed) as Change['event'][]);
}

function ignoredOf(raw: Json | undefined): Glob | undefined {
  const text = String(raw ?? '').trim();
  if (text === '') return undefined;
  const pattern = text.replaceAll('\\', '/').replace(/^\/+/, '');
  return globOf(isGlob(pattern) ? pattern : `${pattern}{,/**}`);
}
