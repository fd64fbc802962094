import type { Json } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import type { CompileKit, NodeExecutor } from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';

/** Expressions in the page are read whether or not the parameter is marked as one: the field is always a template. */
export function compileTemplatePage(kit: CompileKit): NodeExecutor {
  const raw = kit.raw('html');
  const html = kit.value<Json>(typeof raw === 'string' && !raw.startsWith('=') ? `=${raw}` : raw);
  return {
    outputs: 1,
    run(step) {
      const made = perItem(step, (_item, index) => {
        const value = html.at(step.scope(index)) as Json | undefined;
        return { json: { html: textOf(value) }, pairedItem: { item: index } };
      });
      return { kind: 'output', outputs: [made] };
    },
  };
}
