import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { randomData } from './random-data.ts';

/** Items one step may make up. */
const MAX_RANDOM_ITEMS = 10_000;

const ERROR_NAMES: ReadonlySet<string> = new Set(['NodeApiError', 'NodeOperationError', 'Error']);

export const node: NodeType = defineNode({
  type: 'debug-helper',
  title: 'Debug helper',
  summary: 'Fails on purpose, or makes up data, to try out a workflow.',
  group: 'flow',
  icon: 'bug',
  n8n: { type: 'n8n-nodes-base.debugHelper', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'category',
      label: 'What to do',
      type: 'options',
      default: 'throwError',
      options: ['doNothing', 'throwError', 'oom', 'randomData'],
      description: 'Running out of memory is refused: it would end the runs of others too.',
    },
    {
      name: 'throwErrorType',
      label: 'Kind of error',
      type: 'options',
      default: 'NodeApiError',
      options: ['NodeApiError', 'NodeOperationError', 'Error'],
    },
    { name: 'throwErrorMessage', label: 'Message', type: 'string', default: 'Node has thrown an error' },
    {
      name: 'randomDataType',
      label: 'Data',
      type: 'options',
      default: 'user',
      options: [
        'address',
        'latLong',
        'creditCard',
        'email',
        'ipv4',
        'ipv6',
        'macAddress',
        'nanoId',
        'url',
        'user',
        'uuid',
        'semver',
      ],
    },
    { name: 'nanoidAlphabet', label: 'Alphabet', type: 'string', default: '0123456789abcdefghijklmnopqrstuvwxyz' },
    { name: 'nanoidLength', label: 'Length', type: 'string', default: '16' },
    { name: 'randomDataCount', label: 'Number of items', type: 'number', default: 10 },
    { name: 'randomDataSeed', label: 'Seed', type: 'string', description: 'The same seed gives the same data.' },
    { name: 'randomDataSingleArray', label: 'As one list', type: 'boolean', default: false },
  ],
  defaults: () => ({
    category: 'throwError',
    throwErrorType: 'NodeApiError',
    throwErrorMessage: 'Node has thrown an error',
    randomDataType: 'user',
    nanoidAlphabet: '0123456789abcdefghijklmnopqrstuvwxyz',
    nanoidLength: '16',
    randomDataCount: 10,
    randomDataSeed: '',
    randomDataSingleArray: false,
  }),
  inputs: 1,
  compile(kit) {
    const category = kit.param<string>('category');
    const message = kit.param<string>('throwErrorMessage');
    const errorName = kit.param<string>('throwErrorType');
    const kind = kit.param<string>('randomDataType');
    const count = kit.param<number>('randomDataCount');
    const seed = kit.param<string>('randomDataSeed');
    const isList = kit.param<boolean>('randomDataSingleArray');
    const alphabet = kit.param<string>('nanoidAlphabet');
    const length = kit.param<string>('nanoidLength');
    return {
      outputs: 1,
      run(step) {
        const made = perItem(step, (item, index) => {
          const scope = step.scope(index);
          switch (category.at(scope)) {
            case 'doNothing':
              return { ...item, pairedItem: index };
            case 'throwError': {
              const name = String(errorName.at(scope));
              const code = ERROR_NAMES.has(name) ? 'thrown-on-purpose' : 'unknown-mode';
              throw new NodeError(code, String(message.at(scope)), { itemIndex: index });
            }
            case 'randomData': {
              const wanted = Math.floor(Number(count.at(scope)) || 0);
              if (wanted > MAX_RANDOM_ITEMS) {
                throw new NodeError('too-many-items', `At most ${MAX_RANDOM_ITEMS} items can be made up at once.`);
              }
              const source = {
                kind: String(kind.at(scope)),
                seed: String(seed.at(scope) ?? ''),
                random: () => step.random(),
                alphabet: String(alphabet.at(scope)),
                length: Number(length.at(scope)) || 0,
              };
              const data = randomData(source, Math.max(0, wanted));
              if (isList.at(scope) === true) return { json: { generatedItems: data }, pairedItem: index };
              return data.map((json) => ({ json, pairedItem: index }));
            }
            default:
              throw new NodeError('unsupported', `Debug Helper cannot "${String(category.at(scope))}" here.`, {
                description: 'Choose to throw an error, to make up data, or to do nothing.',
                itemIndex: index,
              });
          }
        });
        return { kind: 'output', outputs: [made] };
      },
    };
  },
});
