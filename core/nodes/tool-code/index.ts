import { textOf } from '../../data/text.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { codeExecutor } from '../code/executor.ts';
import { TOOL_DIFFERS } from '../tool-input.ts';

/** The one text agents send, under its usual names, else the item's data; as `toolInput` reads it. */
const QUERY =
  "const query = ((j) => { for (const n of ['query', 'input', 'chatInput']) if (Object.hasOwn(j, n)) return j[n]; return j; })($json);";

export const node: NodeType = defineNode({
  type: 'tool-code',
  title: 'Code tool',
  summary: 'Runs JavaScript on a query and gives what it returns as `response`.',
  group: 'code',
  icon: 'wrench',
  n8n: {
    type: '@n8n/n8n-nodes-langchain.toolCode',
    versions: [1, 1.1, 1.2, 1.3],
    differs: TOOL_DIFFERS,
  },
  version: 1.3,
  fields: [
    { name: 'name', label: 'Name', type: 'string', description: 'What an agent calls it.' },
    { name: 'description', label: 'Description', type: 'string', description: 'Tells an agent when to use it.' },
    { name: 'language', label: 'Language', type: 'options', default: 'javaScript', options: ['javaScript'] },
    {
      name: 'jsCode',
      label: 'JavaScript',
      type: 'code',
      default: 'return query;',
      required: true,
      description: '`query` is what the tool is asked. Return the answer.',
    },
    { name: 'specifyInputSchema', label: 'Input has a schema', type: 'boolean', default: false },
    { name: 'jsonSchemaExample', label: 'Example of the input', type: 'json' },
    { name: 'inputSchema', label: 'Schema of the input', type: 'json' },
  ],
  defaults: () => ({ language: 'javaScript', jsCode: 'return query;' }),
  inputs: 1,
  compile(kit) {
    const language = kit.raw('language');
    const code = kit.raw('jsCode');
    const check = (): void => {
      if (language === 'javaScript') return;
      throw new NodeError('unsupported-language', `A code tool in "${textOf(language)}" cannot run here.`, {
        description: 'Use JavaScript, or a Code node.',
      });
    };
    // All on the author's first line, so that line numbers stay right.
    const body = typeof code === 'string' ? code : '';
    return codeExecutor(
      {
        code: `${QUERY} const response = await (async () => { ${body}\n})(); return { response: response === undefined ? null : response };`,
        language: 'javascript',
        mode: 'each',
        returnsJson: true,
      },
      check,
    );
  },
});
