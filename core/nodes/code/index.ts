import type { CompileKit, NodeExecutor, NodeType } from '../../node/kit.ts';
import { defineNode, NodeError } from '../../node/kit.ts';
import { codeDiffers } from './differs.ts';
import { codeExecutor } from './executor.ts';
import { asksNetwork, mayReachNetwork, NETWORK_FIELD } from './network.ts';

/** n8n's names of languages. Both Pythons of n8n are the one we have. */
const LANGUAGES = new Map<unknown, 'javascript' | 'python'>([
  ['javaScript', 'javascript'],
  ['python', 'python'],
  ['pythonNative', 'python'],
  ['pyodide', 'python'],
]);

function compile(kit: CompileKit): NodeExecutor {
  const named = kit.raw('language') ?? 'javaScript';
  const language = LANGUAGES.get(named) ?? 'javascript';
  const code = kit.raw(language === 'python' ? 'pythonCode' : 'jsCode');
  return codeExecutor(
    {
      code: typeof code === 'string' ? code : '',
      language,
      mode: kit.raw('mode') === 'runOnceForEachItem' ? 'each' : 'all',
      network: mayReachNetwork(kit),
    },
    () => {
      if (LANGUAGES.has(named)) return;
      throw new NodeError(
        'unsupported-language',
        `Code in '${String(named)}' cannot run here; rewrite it in JavaScript or Python`,
      );
    },
  );
}

export const node: NodeType = defineNode({
  type: 'code',
  title: 'Code',
  summary: 'Runs JavaScript or Python over the items, isolated from credentials and, unless allowed, from the network.',
  group: 'code',
  icon: 'braces',
  n8n: { type: 'n8n-nodes-base.code', versions: [1, 2], differs: codeDiffers },
  version: 2,
  fields: [
    {
      name: 'mode',
      label: 'Mode',
      type: 'options',
      default: 'runOnceForAllItems',
      options: ['runOnceForAllItems', 'runOnceForEachItem'],
      description: 'Once with all items, or once for each of them.',
    },
    {
      name: 'language',
      label: 'Language',
      type: 'options',
      default: 'javaScript',
      options: ['javaScript', 'python', 'pythonNative'],
      description: 'Python is MicroPython, a subset without third-party packages.',
    },
    {
      name: 'jsCode',
      label: 'JavaScript',
      type: 'code',
      default: '',
      description: 'Reads `$input`, `$json`, `$("Node")` and returns items.',
      language: 'javascript',
      show: { language: ['javaScript'] },
    },
    {
      name: 'pythonCode',
      label: 'Python',
      type: 'code',
      default: '',
      description: 'Reads `_input`, `_json`, `_("Node")` and returns items. Used when the language is Python.',
      language: 'python',
      show: { language: ['python', 'pythonNative'] },
    },
    NETWORK_FIELD,
  ],
  defaults: () => ({ mode: 'runOnceForAllItems', language: 'javaScript', jsCode: '' }),
  usesSecrets: asksNetwork,
  compile,
});
