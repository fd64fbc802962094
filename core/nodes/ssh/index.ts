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
import { when } from '../../node/field.ts';
import { fileOf } from '../../node/transform.ts';
import type { SshCall } from './call.ts';

const textOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** What each step does, from the parameters: `resource` and `operation` as n8n names them. */
function maker(kit: CompileKit): (step: StepContext, itemIndex: number, item: Item) => SshCall {
  const resource = textOf(kit.raw('resource')) || 'command';
  const operation = textOf(kit.raw('operation')) || (resource === 'command' ? 'execute' : 'upload');
  const param = (path: string, fallback: string) => kit.param<Json>(path, fallback);
  const path = param('path', '');
  const fileName = param('options.fileName', '');
  const field = param('binaryPropertyName', 'data');
  if (resource === 'command' && operation === 'execute') {
    const [command, folder] = [param('command', ''), param('cwd', '/')];
    return (step, itemIndex) => {
      const scope = step.scope(itemIndex);
      const text = textOf(command.at(scope));
      if (text.trim() === '') throw new NodeError('bad-command', 'The command is empty.', { itemIndex });
      return { do: 'execute', command: text, folder: textOf(folder.at(scope)) };
    };
  }
  if (resource === 'file' && operation === 'download') {
    return (step, itemIndex) => {
      const scope = step.scope(itemIndex);
      const name = textOf(fileName.at(scope));
      return {
        do: 'download',
        path: pathOf(path.at(scope), itemIndex),
        field: textOf(field.at(scope)) || 'data',
        fileName: name,
      };
    };
  }
  if (resource === 'file' && operation === 'upload') {
    return (step, itemIndex, item) => {
      const scope = step.scope(itemIndex);
      const file = fileOf(item, field.at(scope), itemIndex);
      const name = textOf(fileName.at(scope)) || (file.fileName ?? 'file');
      return { do: 'upload', path: pathOf(path.at(scope), itemIndex), fileName: name, file };
    };
  }
  throw new NodeError('unsupported', `SSH cannot '${operation}' a '${resource}'.`);
}

function pathOf(value: Json, itemIndex: number): string {
  const path = textOf(value);
  if (path !== '' && !path.includes('\u0000')) return path;
  throw new NodeError('bad-path', 'The path is empty.', { itemIndex });
}

const credentialType = (authentication: Json | undefined): string =>
  authentication === 'privateKey' ? 'sshPrivateKey' : 'sshPassword';

function compile(kit: CompileKit): NodeExecutor {
  let make: ReturnType<typeof maker> | undefined;
  return callsNode<SshCall>({
    kind: 'ssh',
    class: 'unsafe',
    credential: () => credentialOf(kit, credentialType(kit.raw('authentication'))),
    items: withFile,
    make: (step, itemIndex, item) => (make ??= maker(kit))(step, itemIndex, item),
  });
}

export const node: NodeType = defineNode({
  type: 'ssh',
  title: 'SSH',
  summary: 'Runs a command on a server, or moves a file, per item.',
  group: 'action',
  icon: 'terminal',
  n8n: { type: 'n8n-nodes-base.ssh', versions: [1] },
  credential: ({ authentication }) => credentialType(authentication),
  version: 1,
  fields: [
    {
      name: 'authentication',
      label: 'Authentication',
      type: 'options',
      default: 'password',
      options: ['password', 'privateKey'],
    },
    { name: 'resource', label: 'Resource', type: 'options', default: 'command', options: ['command', 'file'] },
    ...when({ resource: ['command'] }, [
      { name: 'operation', label: 'Operation', type: 'options', default: 'execute', options: ['execute'] },
      {
        name: 'command',
        label: 'Command',
        type: 'text',
        required: true,
        description: 'Given to the shell of the account as it is.',
      },
      { name: 'cwd', label: 'Working directory', type: 'string', default: '/' },
    ]),
    ...when({ resource: ['file'] }, [
      { name: 'operation', label: 'Operation', type: 'options', default: 'upload', options: ['upload', 'download'] },
      {
        name: 'path',
        label: 'File to download',
        type: 'string',
        required: true,
        show: { operation: ['download'] },
      },
      {
        name: 'binaryPropertyName',
        label: 'Put the file in field',
        type: 'string',
        default: 'data',
        show: { operation: ['download'] },
      },
      { name: 'binaryPropertyName', label: 'File', type: 'file', default: 'data', show: { operation: ['upload'] } },
      { name: 'path', label: 'Folder to upload to', type: 'string', required: true, show: { operation: ['upload'] } },
      { name: 'options.fileName', label: 'File name', type: 'string', description: 'Instead of the file’s own.' },
    ]),
  ],
  usesSecrets: () => true,
  compile,
});
