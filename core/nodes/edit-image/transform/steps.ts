import type { JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';
import type { FileBytes } from '../../../node/transform.ts';
import { blur } from './blur.ts';
import { decode } from './codec.ts';
import { type Color, colorOf } from './color.ts';
import { composite } from './composite.ts';
import { circle, line, rectangle } from './draw.ts';
import { border, crop, rotate, shear } from './geometry.ts';
import { type Pixels, blank } from './pixels.ts';
import { resize } from './resize.ts';
import { drawText } from './text.ts';

/** One operation with its parameters. */
export type Step = JsonObject;

function number(step: Step, name: string, initial: number): number {
  const given = step[name];
  if (given === undefined || given === null || given === '') return initial;
  const value = Number(given);
  if (Number.isFinite(value)) return value;
  throw new NodeError('bad-number', `"${name}" is no number: ${JSON.stringify(given).slice(0, 100)}.`);
}
const whole = (step: Step, name: string, initial: number): number => Math.round(number(step, name, initial));
const color = (step: Step, name: string, initial: string): Color => colorOf(String(step[name] || initial));

/** Does one operation; the image may be changed or replaced. Parameters left out have n8n's defaults. */
export async function apply(
  image: Pixels,
  step: Step,
  { files, breathe }: { files: Record<string, FileBytes>; breathe: () => Promise<void> },
): Promise<Pixels> {
  switch (step['operation']) {
    case 'blur':
      return blur(image, Math.min(number(step, 'sigma', 2), Math.max(0, number(step, 'blur', 5)) || 0), breathe);
    case 'border':
      return border(image, {
        width: Math.max(0, whole(step, 'borderWidth', 10)),
        height: Math.max(0, whole(step, 'borderHeight', 10)),
        color: color(step, 'borderColor', '#ffffffff'),
      });
    case 'composite': {
      const upper = files[`top ${String(step['dataPropertyNameComposite'])}`];
      if (!upper) throw new NodeError('no-binary', 'Name the field that holds the image to lay on top.');
      const place = { x: whole(step, 'positionX', 0), y: whole(step, 'positionY', 0) };
      await composite(image, decode(upper.bytes), { ...place, operator: String(step['operator'] ?? 'Over'), breathe });
      return image;
    }
    case 'create':
      return blank(whole(step, 'width', 50), whole(step, 'height', 50), color(step, 'backgroundColor', '#ffffff00'));
    case 'crop':
      return crop(image, {
        x: whole(step, 'positionX', 0),
        y: whole(step, 'positionY', 0),
        width: whole(step, 'width', 500),
        height: whole(step, 'height', 500),
      });
    case 'draw':
      return draw(image, step, breathe);
    case 'resize':
      return resize(image, {
        width: number(step, 'width', 500),
        height: number(step, 'height', 500),
        option: String(step['resizeOption'] ?? 'maximumArea'),
        breathe,
      });
    case 'rotate':
      return rotate(image, number(step, 'rotate', 0), {
        background: color(step, 'backgroundColor', '#ffffffff'),
        breathe,
      });
    case 'shear':
      return shear(
        image,
        { x: number(step, 'degreesX', 0), y: number(step, 'degreesY', 0) },
        { background: [255, 255, 255, 0], breathe },
      );
    case 'text':
      return drawText(image, {
        text: String(step['text'] ?? ''),
        x: number(step, 'positionX', 50),
        y: number(step, 'positionY', 50),
        fontSize: number(step, 'fontSize', 18),
        color: color(step, 'fontColor', '#000000'),
        lineLength: number(step, 'lineLength', 80),
      });
    case 'transparent':
      return withoutColor(image, color(step, 'color', '#ff0000'));
    default:
      throw new NodeError('unknown-mode', `Edit image cannot "${String(step['operation'])}".`);
  }
}

async function draw(image: Pixels, step: Step, breathe: () => Promise<void>): Promise<Pixels> {
  const shape = {
    from: { x: whole(step, 'startPositionX', 50), y: whole(step, 'startPositionY', 50) },
    to: { x: whole(step, 'endPositionX', 250), y: whole(step, 'endPositionY', 50) },
    color: color(step, 'color', '#ff0000'),
    breathe,
  };
  const primitive = step['primitive'] ?? 'rectangle';
  if (primitive === 'rectangle') await rectangle(image, shape, number(step, 'cornerRadius', 0));
  else if (primitive === 'circle') await circle(image, shape);
  else if (primitive === 'line') line(image, shape);
  else throw new NodeError('unknown-mode', `Edit image cannot draw "${String(primitive)}".`);
  return image;
}

function withoutColor(image: Pixels, gone: Color): Pixels {
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === gone[0] && data[at + 1] === gone[1] && data[at + 2] === gone[2]) data[at + 3] = 0;
  }
  return image;
}
