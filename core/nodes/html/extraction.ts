import type { Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { fieldReader } from '../../data/path.ts';
import { type CompileKit, type NodeExecutor, NodeError } from '../../node/kit.ts';
import { fileOf, oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf, objectsOf } from '../field-list.ts';

/** Two nodes read HTML and differ in how: the old one gives text as it stands in the page. */
interface ExtractionStyle {
  /** Text laid out as a reader would see it, instead of the bare characters. */
  laidOut: boolean;
  /** Trim unless told not to; otherwise only when told to. */
  trimsByDefault: boolean;
}

/** What the transform gets besides the HTML. */
export interface ExtractionParameters {
  values: JsonObject[];
  laidOut: boolean;
  trim: boolean;
  cleanUp: boolean;
}

export function compileExtraction(kit: CompileKit, style: ExtractionStyle): NodeExecutor {
  const source = kit.param<Json>('sourceData', 'json');
  const name = kit.param<Json>('dataPropertyName', 'data');
  const values = kit.param<Json>('extractionValues.values', []);
  const options = kit.param<Json>('options', {});
  return transformNode({
    transform: 'html',
    callsOf: oneCallAnItem((step, itemIndex, item) => {
      const scope = step.scope(itemIndex);
      const { trimValues, cleanUpText } = objectOf(options.at(scope));
      const extract: ExtractionParameters = {
        values: objectsOf(values.at(scope)),
        laidOut: style.laidOut,
        trim: style.trimsByDefault ? trimValues !== false : trimValues === true,
        cleanUp: cleanUpText === true,
      };
      const parameters = { extract: extract as unknown as JsonObject };
      const property = textOf(name.at(scope)) || 'data';
      if (source.at(scope) === 'binary') return { parameters, files: { html: fileOf(item, property, itemIndex) } };
      const found = fieldReader(property)(item.json);
      if (found === undefined || found === null) {
        throw new NodeError('no-field', `No property named "${property}" exists!`, {
          itemIndex,
          description: 'Name the field that holds the HTML.',
        });
      }
      return { parameters: { ...parameters, html: found }, files: {} };
    }),
  });
}
