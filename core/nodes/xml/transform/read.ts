import sax from 'sax';
import type { Json, JsonObject } from '../../../data/item.ts';
import { textOf } from '../../../data/text.ts';
import { putOwn } from '../../../data/path.ts';
import { NodeError } from '../../../node/kit.ts';

/** Deeper documents are attacks; what reads the result may recurse. */
const MAX_DEPTH = 500;

interface Open {
  name: string;
  /** Attributes and children so far. */
  made: JsonObject;
  text: string;
  hasCdata: boolean;
}

/**
 * XML to JSON under the options of n8n's node (those of xml2js): one child is its value and several are a list,
 * attributes stand beside children, an element with nothing but text is that text. Entities a document declares itself
 * are refused, expanded or not: they are how small files become large ones and how files leak.
 */
export function readXml(text: string, options: JsonObject): Json {
  const is = (name: string, fallback: boolean): boolean =>
    typeof options[name] === 'boolean' ? options[name] : fallback;
  const keyOf = (name: string, fallback: string): string => textOf(options[name]) || fallback;
  const attributesKey = keyOf('attrkey', '$');
  const textKey = keyOf('charkey', '_');
  const always = is('explicitArray', false);
  const merges = is('mergeAttrs', true);
  const ignores = is('ignoreAttrs', false);
  const trims = is('trim', false);
  const normalizes = is('normalize', false);
  const lowers = is('normalizeTags', false);
  const keepsRoot = is('explicitRoot', true);

  const add = (to: JsonObject, key: string, value: Json): void => {
    if (!Object.hasOwn(to, key)) return putOwn(to, key, always ? [value] : value);
    const before = to[key] as Json;
    if (Array.isArray(before)) before.push(value);
    else putOwn(to, key, [before, value]);
  };

  const finished = ({ made, text: own, hasCdata }: Open): Json => {
    const isBlank = !hasCdata && own.trim() === '';
    if (isBlank) return Object.keys(made).length === 0 ? own : made;
    let value = trims ? own.trim() : own;
    if (normalizes) value = value.replace(/\s{2,}/g, ' ').trim();
    if (Object.keys(made).length === 0) return value;
    putOwn(made, textKey, value);
    return made;
  };

  const open: Open[] = [];
  let result: Json = null;
  const parser = sax.parser(true, {});
  parser.onerror = (error) => {
    throw new NodeError('bad-xml', `This is not XML: ${error.message.replace(/\n(?:Line|Column|Char)/g, ', $1')}`);
  };
  parser.ondoctype = (doctype) => {
    if (!/<!ENTITY/i.test(doctype)) return;
    throw new NodeError('xml-entities', 'The document declares entities of its own, which are never read.', {
      description: 'Remove its <!DOCTYPE …>, or have the sender write characters instead of entities.',
    });
  };
  parser.onopentag = ({ name, attributes }) => {
    if (open.length >= MAX_DEPTH) throw new NodeError('xml-too-deep', `More than ${MAX_DEPTH} elements in each other.`);
    const made: JsonObject = {};
    if (!ignores) {
      for (const [key, value] of Object.entries(attributes)) {
        if (merges) add(made, key, String(value));
        else {
          if (!Object.hasOwn(made, attributesKey)) putOwn(made, attributesKey, {});
          putOwn(made[attributesKey] as JsonObject, key, String(value));
        }
      }
    }
    open.push({ name: lowers ? name.toLowerCase() : name, made, text: '', hasCdata: false });
  };
  parser.ontext = (part) => {
    const here = open.at(-1);
    if (here) here.text += part;
  };
  parser.oncdata = (part) => {
    const here = open.at(-1);
    if (!here) return;
    here.text += part;
    here.hasCdata = true;
  };
  parser.onclosetag = () => {
    const here = open.pop();
    if (!here) return;
    const value = finished(here);
    const parent = open.at(-1);
    if (parent) {
      add(parent.made, here.name, value);
    } else if (keepsRoot) {
      const root: JsonObject = {};
      putOwn(root, here.name, value);
      result = root;
    } else {
      result = value;
    }
  };
  const document = text.replace(/^\uFEFF/, '');
  if (document.trim() === '') return null;
  parser.write(document).close();
  return result;
}
