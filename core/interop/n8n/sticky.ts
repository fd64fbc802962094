import type { Json, JsonObject } from '../../data/item.ts';
import { isHexColor } from '../../graph/color.ts';
import type { Note } from '../../graph/document.ts';
import { numeric, own, ownObject } from './json.ts';
import { acrossHere, acrossN8n, placeN8n } from './place.ts';

export const STICKY_TYPE = 'n8n-nodes-base.stickyNote';

const MAX_TEXT_LENGTH = 1_000_000;
/** Drawn out, it is still one of ours. */
const MAX_SIZE = 6e5;
const MAX_COLOR = 1_000;

/** A note on the canvas, which n8n keeps among the nodes. */
export function readSticky(raw: JsonObject, id: string, position: [number, number]): Note {
  const parameters = ownObject(raw, 'parameters');
  const content = own(parameters, 'content');
  const note: Note = { id, text: typeof content === 'string' ? content.slice(0, MAX_TEXT_LENGTH) : '', position };
  const [width, height] = [size(own(parameters, 'width')), size(own(parameters, 'height'))];
  const given = own(parameters, 'color');
  const color = numeric(given);
  if (width !== undefined) note.width = acrossHere(width);
  if (height !== undefined) note.height = height;
  if (isHexColor(given)) note.color = given;
  else if (color !== undefined && Number.isInteger(color) && color >= 0 && color <= MAX_COLOR) note.color = color;
  return note;
}

export function writeSticky(note: Note, name: string): JsonObject {
  const parameters: JsonObject = { content: note.text };
  if (note.height !== undefined) parameters.height = note.height;
  if (note.width !== undefined) parameters.width = acrossN8n(note.width);
  if (note.color !== undefined) parameters.color = note.color;
  return { parameters, id: note.id, name, type: STICKY_TYPE, typeVersion: 1, position: placeN8n(note.position) };
}

function size(raw: Json | undefined): number | undefined {
  const value = numeric(raw);
  return value !== undefined && value >= 0 && value <= MAX_SIZE ? value : undefined;
}
