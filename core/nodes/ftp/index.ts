import type { Item, Json } from '../../data/item.ts';
import { callsNode, credentialOf, withFile } from '../../node/calls.ts';
import {
  type CompileKit,
  defineNode,
  NodeError,
  type NodeExecutor,
  type NodeType,
  type StepContext,
} from '../../node/kit.ts';
import { fileOf } from '../../node/transform.ts';
import type { FtpCall } from './call.ts';
import { fields } from './fields.ts';

type Make = (step: StepContext, itemIndex: number, item: Item) => FtpCall;

const textOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function maker(kit: CompileKit): Make {
  const operation = textOf(kit.raw('operation')) || 'download';
  const text = (path: string, fallback = '') => kit.param<Json>(path, fallback);
  const flag = (path: string) => kit.param<Json>(path, false);
  const path = text('path');
  const field = text('binaryPropertyName', 'data');
  switch (operation) {
    case 'list': {
      const recursive = flag('recursive');
      return (step, index) => ({
        do: 'list',
        path: textOf(path.at(step.scope(index))) || '/',
        recursive: recursive.at(step.scope(index)) === true,
      });
    }
    case 'download':
      return (step, index) => ({
        do: 'download',
        path: pathOf(path.at(step.scope(index)), index),
        field: textOf(field.at(step.scope(index))) || 'data',
      });
    case 'upload': {
      const [binary, content] = [kit.param<Json>('binaryData', true), text('fileContent')];
      return (step, index, item) => {
        const scope = step.scope(index);
        const target = pathOf(path.at(scope), index);
        const isText = binary.at(scope) === false;
        const file = isText ? { text: textOf(content.at(scope)) } : { file: fileOf(item, field.at(scope), index) };
        return { do: 'upload', path: target, content: file };
      };
    }
    case 'rename': {
      const [from, to, folders] = [text('oldPath'), text('newPath'), flag('options.createDirectories')];
      return (step, index) => ({
        do: 'rename',
        from: pathOf(from.at(step.scope(index)), index),
        to: pathOf(to.at(step.scope(index)), index),
        makesFolders: folders.at(step.scope(index)) === true,
      });
    }
    case 'delete': {
      const [folder, recursive] = [flag('options.folder'), flag('options.recursive')];
      return (step, index) => ({
        do: 'delete',
        path: pathOf(path.at(step.scope(index)), index),
        folder: folder.at(step.scope(index)) === true,
        recursive: recursive.at(step.scope(index)) === true,
      });
    }
    default:
      throw new NodeError('unsupported', `FTP has no operation '${operation}'.`);
  }
}

function pathOf(value: Json, itemIndex: number): string {
  const path = textOf(value);
  // oxlint-disable-next-line no-control-regex -- these would end an FTP command
  if (path !== '' && !/[\u0000\r\n]/.test(path)) return path;
  throw new NodeError('bad-path', path === '' ? 'The path is empty.' : 'The path contains a line break.', {
    itemIndex,
  });
}

const credentialType = (protocol: Json | undefined): string => (protocol === 'sftp' ? 'sftp' : 'ftp');

/** Writing a file whole, renaming and deleting twice come out the same or fail; only reads are free of effects. */
const CLASSES = { list: 'pure', download: 'pure', upload: 'idempotent' } as const;

function compile(kit: CompileKit): NodeExecutor {
  let make: Make | undefined;
  const operation = textOf(kit.raw('operation')) || 'download';
  return callsNode<FtpCall>({
    kind: 'ftp',
    class: Object.hasOwn(CLASSES, operation) ? CLASSES[operation as keyof typeof CLASSES] : 'unsafe',
    credential: () => credentialOf(kit, credentialType(kit.raw('protocol'))),
    make: (step, itemIndex, item) => (make ??= maker(kit))(step, itemIndex, item),
    items: withFile,
  });
}

export const node: NodeType = defineNode({
  type: 'ftp',
  title: 'FTP',
  summary: 'Lists, reads, writes, renames or deletes files on an FTP or SFTP server.',
  group: 'action',
  icon: 'folder-sync',
  n8n: { type: 'n8n-nodes-base.ftp', versions: [1] },
  credential: ({ protocol }) => credentialType(protocol),
  version: 1,
  fields,
  usesSecrets: () => true,
  compile,
});
