import type { Color } from '../../edit-image/transform/color.ts';
import type { Point, Scene, Shape } from './scene.ts';

const number = (value: number): string => String(Math.round(value * 100) / 100);
const pair = ([x, y]: Point): string => `${number(x)},${number(y)}`;

function paint(name: 'fill' | 'stroke', [red, green, blue, alpha]: Color): string {
  const color = `${name}="#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}"`;
  return alpha === 255 ? color : `${color} ${name}-opacity="${number(alpha / 255)}"`;
}

/** XML has no control characters but these, however they are written. */
const isAllowed = (code: number): boolean => code >= 32 || code === 9 || code === 10 || code === 13;

const escaped = (text: string): string =>
  Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (!isAllowed(code) || code === 0xfffe || code === 0xffff) return '\ufffd';
    return '&<>"\''.includes(character) ? `&#${code};` : character;
  }).join('');

function markup(shape: Shape): string {
  switch (shape.kind) {
    case 'polygon':
      return `<polygon points="${shape.points.map(pair).join(' ')}" ${paint('fill', shape.fill)}/>`;
    case 'line':
      return `<polyline points="${shape.points.map(pair).join(' ')}" fill="none" stroke-width="${shape.width}" stroke-linejoin="round" stroke-linecap="round" ${paint('stroke', shape.color)}/>`;
    case 'circle':
      return `<circle cx="${number(shape.at[0])}" cy="${number(shape.at[1])}" r="${number(shape.radius)}" ${paint('fill', shape.fill)}/>`;
    case 'wedge':
      return `<path d="${wedgePath(shape)}" fill-rule="evenodd" ${paint('fill', shape.fill)} stroke="#ffffff" stroke-width="1"/>`;
    case 'text':
      return `<text x="${number(shape.at[0])}" y="${number(shape.at[1])}" font-size="${shape.size}" text-anchor="${shape.anchor}" ${paint('fill', shape.color)}>${escaped(shape.text)}</text>`;
  }
}

function wedgePath({ at, inner, outer, from, to }: Extract<Shape, { kind: 'wedge' }>): string {
  const point = (radius: number, turn: number): Point => [
    at[0] + Math.sin(turn * 2 * Math.PI) * radius,
    at[1] - Math.cos(turn * 2 * Math.PI) * radius,
  ];
  const arc = (radius: number, end: number, clockwise: 0 | 1, large: 0 | 1): string =>
    `A${number(radius)} ${number(radius)} 0 ${large} ${clockwise} ${pair(point(radius, end))}`;
  // An arc of a whole turn ends where it starts and would be nothing: two halves.
  if (to - from >= 1 - 1e-9) {
    const circle = (radius: number): string =>
      `M${pair(point(radius, 0))}${arc(radius, 0.5, 1, 0)}${arc(radius, 0, 1, 0)}Z`;
    return circle(outer) + (inner > 0 ? circle(inner) : '');
  }
  const large = to - from > 0.5 ? 1 : 0;
  const start = `M${pair(point(outer, from))}${arc(outer, to, 1, large)}`;
  return inner > 0 ? `${start}L${pair(point(inner, to))}${arc(inner, from, 0, large)}Z` : `${start}L${pair(at)}Z`;
}

export function writeSvg({ width, height, background, shapes }: Scene): string {
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  const back = background[3] === 0 ? '' : `<rect width="100%" height="100%" ${paint('fill', background)}/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Roboto, Helvetica, Arial, sans-serif">${back}${shapes.map(markup).join('')}</svg>`;
}
