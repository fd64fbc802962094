import { Builder } from 'xml2js';
import type { Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { putOwn } from '../../data/path.ts';
import { NodeError } from '../../node/kit.ts';
import type { Transform } from '../../node/transform.ts';
import { isObject, objectOf } from '../field-list.ts';
import { readXml } from './transform/read.ts';

export const transform: Transform = {
  run({ parameters }) {
    const { property, read, write } = parameters;
    const options = objectOf(parameters['options']);
    const key = textOf(property);
    const json: JsonObject = {};
    if (read === undefined) {
      putOwn(json, key, writeXml(write as Json, options));
      return [{ json }];
    }
    if (typeof read !== 'string') {
      throw new NodeError(
        'no-xml',
        `The field "${key}" holds ${Array.isArray(read) ? 'a list' : typeof read}, no XML.`,
      );
    }
    const made = readXml(read, options);
    if (isObject(made)) return [{ json: made }];
    // Without its root element a document may be bare text, which is no item.
    if (made !== null) putOwn(json, key, made);
    return [{ json }];
  },
};

const textOption = (options: JsonObject, name: string): string | undefined =>
  typeof options[name] === 'string' && options[name] !== '' ? options[name] : undefined;

function writeXml(value: Json, options: JsonObject): string {
  const attrkey = textOption(options, 'attrkey');
  const charkey = textOption(options, 'charkey');
  const rootName = textOption(options, 'rootName');
  const builder = new Builder({
    ...(attrkey === undefined ? {} : { attrkey }),
    ...(charkey === undefined ? {} : { charkey }),
    ...(rootName === undefined ? {} : { rootName }),
    allowSurrogateChars: options['allowSurrogateChars'] === true,
    cdata: options['cdata'] === true,
    headless: options['headless'] === true,
  });
  try {
    return builder.buildObject(value);
  } catch (error) {
    if (error instanceof RangeError) throw new NodeError('xml-too-deep', 'The item is nested too deeply for XML.');
    const message = error instanceof Error ? error.message : String(error);
    throw new NodeError('bad-xml', `The item cannot be written as XML: ${message}`, {
      description: 'Names of fields become names of elements: letters, digits, "-", "_" and ".", no blanks.',
    });
  }
}
