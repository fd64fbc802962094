import { textOf } from '../../data/text.ts';
import type { HttpReply, CompileKit } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import type { Item } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';

/**
 * The file of an item as a reply. `body.binary` is the stored object's id, or for a small inline file a
 * `data:<type>;base64,…` URL.
 */
export function fileBody(
  kit: CompileKit,
): (item: Item | undefined, scope: Scope) => { body: HttpReply['body']; type: string } {
  const isNamed = kit.raw('responseDataSource') === 'set';
  const field = kit.param('inputFieldName', 'data');
  return (item, scope) => {
    const names = Object.keys(item?.binary ?? {});
    const name = isNamed ? textOf(field.at(scope)) : names[0];
    const file = name !== undefined && names.includes(name) ? item?.binary?.[name] : undefined;
    if (!file || (file.id === undefined && file.data === undefined)) {
      throw new NodeError(
        'no-file',
        name === undefined ? 'There is no file to respond with.' : `There is no file '${name}'.`,
      );
    }
    const binary = file.id ?? `data:${file.mimeType};base64,${file.data ?? ''}`;
    return { body: { binary, mimeType: file.mimeType }, type: file.mimeType };
  };
}
