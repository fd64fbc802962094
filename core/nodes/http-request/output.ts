import type { Item, Json, JsonObject } from '../../data/item.ts';
import type { HttpAnswer } from '../../http/request.ts';
import type { ResponseShape } from './parameters.ts';
import { isObject } from './parameters.ts';

/** A JSON value as an item's data: objects as they are, anything else under the output name. */
const asJson = (value: Json, property: string): JsonObject => (isObject(value) ? value : { [property]: value });

/** Items of one answer. */
export function itemsOfAnswer(answer: HttpAnswer, shape: ResponseShape, input: Item | undefined): Item[] {
  const pairedItem = { item: answer.itemIndex };
  const head: JsonObject = shape.full
    ? { headers: answer.headers, statusCode: answer.status, statusMessage: answer.statusText }
    : {};
  const { body } = answer;
  if (body.kind === 'file') {
    const binary = Object.fromEntries([...Object.entries(input?.binary ?? {}), [shape.property, body.file]]);
    return [{ json: head, binary, pairedItem }];
  }
  if (body.kind === 'text') {
    return [{ json: Object.fromEntries([...Object.entries(head), [shape.property, body.text]]), pairedItem }];
  }
  if (shape.full) return [{ json: { body: body.value, ...head }, pairedItem }];
  if (Array.isArray(body.value) && shape.split) {
    return body.value.map((each) => ({ json: asJson(each, shape.property), pairedItem }));
  }
  return [{ json: asJson(body.value, shape.property), pairedItem }];
}
