import type { Json, JsonObject } from '../../data/item.ts';
import { NodeError } from '../../node/kit.ts';
import type { Transform } from '../../node/transform.ts';
import type { ExtractionParameters } from './extraction.ts';
import { extractFrom } from './transform/extract.ts';

/** HTML that travels as text is one or a list; every text gives an item. */
function textsOf(html: Json | undefined): string[] {
  return (Array.isArray(html) ? html : [html ?? null]).map((text) => {
    if (typeof text === 'string') return text;
    throw new NodeError('no-html', `Expected HTML as text, but got ${text === null ? 'null' : typeof text}.`);
  });
}

export const transform: Transform = {
  run({ parameters, files }) {
    const extract = parameters['extract'] as unknown as ExtractionParameters;
    const file = Object.hasOwn(files, 'html') ? files['html'] : undefined;
    const pages = file ? [new TextDecoder().decode(file.bytes)] : textsOf(parameters['html']);
    return pages.map((page) => ({ json: extractFrom(page, extract) as JsonObject }));
  },
};
