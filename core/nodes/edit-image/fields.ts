import { when } from '../../node/field.ts';
import type { Field } from '../../node/kit.ts';

export const OPERATIONS = [
  'blur',
  'border',
  'composite',
  'create',
  'crop',
  'draw',
  'information',
  'multiStep',
  'resize',
  'rotate',
  'shear',
  'text',
  'transparent',
] as const;

const number = (name: string, label: string, initial: number, description?: string): Field => ({
  name,
  label,
  type: 'number',
  default: initial,
  ...(description === undefined ? {} : { description }),
});
const color = (name: string, label: string, initial: string): Field => ({
  name,
  label,
  type: 'color',
  default: initial,
  description: 'Like #ff8800, or #ff880080 with alpha.',
});
const of = (operation: (typeof OPERATIONS)[number], ...fields: Field[]): Field[] =>
  when({ operation: [operation] }, fields);
const COMPOSE = ['Add', 'Atop', 'Bumpmap', 'Copy', 'CopyBlue', 'CopyGreen', 'CopyOpacity', 'CopyRed', 'Difference'];
const OPERATORS = [...COMPOSE, 'Divide', 'In', 'Minus', 'Multiply', 'Out', 'Over', 'Plus', 'Subtract', 'Xor'];
const SHAPES = ['circle', 'line', 'rectangle'];
const RESIZE = ['ignoreAspectRatio', 'maximumArea', 'minimumArea', 'onlyIfLarger', 'onlyIfSmaller', 'percent'];

/** What each operation needs; a field of one name has another default in another operation. */
const OPERATION_FIELDS: readonly Field[] = [
  ...of('blur', number('blur', 'Blur', 5, 'How far it reaches.'), number('sigma', 'Sigma', 2, 'How strong it is.')),
  ...of(
    'border',
    number('borderWidth', 'Border width', 10),
    number('borderHeight', 'Border height', 10),
    color('borderColor', 'Border color', '#ffffffff'),
  ),
  ...of(
    'composite',
    {
      name: 'dataPropertyNameComposite',
      label: 'Image on top',
      type: 'file',
      description: 'Name of the field that holds it.',
    },
    { name: 'operator', label: 'Operator', type: 'options', default: 'Over', options: OPERATORS },
    number('positionX', 'X', 0),
    number('positionY', 'Y', 0),
  ),
  ...of(
    'create',
    number('width', 'Width', 50),
    number('height', 'Height', 50),
    color('backgroundColor', 'Background', '#ffffff00'),
  ),
  ...of(
    'crop',
    number('positionX', 'X', 0),
    number('positionY', 'Y', 0),
    number('width', 'Width', 500),
    number('height', 'Height', 500),
  ),
  ...of(
    'draw',
    {
      name: 'primitive',
      label: 'Shape',
      type: 'options',
      default: 'rectangle',
      options: SHAPES,
      description: 'A circle has its center at the start, and the end on it.',
    },
    color('color', 'Color', '#ff0000'),
    number('startPositionX', 'Start X', 50),
    number('startPositionY', 'Start Y', 50),
    number('endPositionX', 'End X', 250),
    number('endPositionY', 'End Y', 50),
    { ...number('cornerRadius', 'Corner radius', 0), show: { primitive: ['rectangle'] } },
  ),
  ...of('resize', number('width', 'Width', 500), number('height', 'Height', 500), {
    name: 'resizeOption',
    label: 'Resize',
    type: 'options',
    default: 'maximumArea',
    options: RESIZE,
  }),
  ...of('rotate', number('rotate', 'Degrees', 0, 'Clockwise.'), color('backgroundColor', 'Background', '#ffffffff')),
  ...of('shear', number('degreesX', 'Degrees X', 0), number('degreesY', 'Degrees Y', 0)),
  ...of(
    'text',
    { name: 'text', label: 'Text', type: 'text', description: 'Latin, Greek and Cyrillic letters, in Roboto.' },
    number('fontSize', 'Font size', 18),
    color('fontColor', 'Font color', '#000000'),
    number('positionX', 'X', 50),
    number('positionY', 'Y', 50),
    number('lineLength', 'Line length', 80, 'Characters after which a line breaks.'),
  ),
  ...of('transparent', color('color', 'Color', '#ff0000')),
];

export const IMAGE_FIELDS: readonly Field[] = [
  {
    name: 'operations.operations',
    label: 'Steps',
    type: 'list',
    description: 'One after the other.',
    show: { operation: ['multiStep'] },
    fields: [
      {
        name: 'operation',
        label: 'Operation',
        type: 'options',
        default: 'border',
        options: OPERATIONS.filter((each) => each !== 'multiStep' && each !== 'information'),
      },
      ...OPERATION_FIELDS,
    ],
  },
  ...OPERATION_FIELDS,
  { name: 'options.fileName', label: 'File name', type: 'string', default: '' },
  {
    name: 'options.format',
    label: 'Format',
    type: 'options',
    options: ['bmp', 'gif', 'jpeg', 'png', 'tiff', 'webp'],
    description: 'That of the image when left out.',
  },
  number('options.quality', 'Quality', 100, 'JPEG, 1 to 100.'),
];
