import type { JsonObject } from '../../data/item.ts';
import { hash32, seededRandom } from '../../engine/random.ts';
import { NodeError } from '../../node/kit.ts';

interface RandomSource {
  kind: string;
  /** The same seed gives the same data; empty means the step's own chance. */
  seed: string;
  random(): number;
  alphabet: string;
  length: number;
}

const MAX_ID_LENGTH = 1000;
const FIRST_NAMES = [
  'Ada',
  'Bela',
  'Chloe',
  'Dmitri',
  'Elena',
  'Farid',
  'Greta',
  'Hugo',
  'Imani',
  'Jonas',
  'Kira',
  'Luis',
];
const LAST_NAMES = [
  'Adler',
  'Brook',
  'Costa',
  'Dahl',
  'Eriksen',
  'Fuchs',
  'Garcia',
  'Hansen',
  'Ito',
  'Jung',
  'Khan',
  'Lopez',
];
const STREETS = ['Mill Lane', 'Station Road', 'High Street', 'Church Walk', 'Harbour View', 'Garden Row'];
const CITIES = ['Ashford', 'Brenton', 'Carlow', 'Dunmore', 'Easton', 'Fairview'];
const STATES = ['Antrim', 'Bergen', 'Cork', 'Devon', 'Essex', 'Fife'];
const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Chance as small questions. */
class Chance {
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  below(limit: number): number {
    return Math.min(limit - 1, Math.floor(this.random() * limit));
  }

  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  of(list: readonly string[] | string): string {
    return list[this.below(list.length)] ?? '';
  }

  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => this.of(alphabet)).join('');
  }
}

type Maker = (chance: Chance, source: RandomSource) => JsonObject;

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  [
    'address',
    (c) => ({
      firstname: c.of(FIRST_NAMES),
      lastname: c.of(LAST_NAMES),
      street: `${c.between(1, 300)} ${c.of(STREETS)}`,
      city: c.of(CITIES),
      zip: c.text('0123456789', 5),
      state: c.of(STATES),
      country: 'Ireland',
    }),
  ],
  ['latLong', (c) => ({ latitude: c.between(-89_999, 89_999) / 1000, longitude: c.between(-179_999, 179_999) / 1000 })],
  [
    'creditCard',
    (c) => ({
      type: 'test',
      number: `4000-0000-${c.text('0123456789', 4)}-${c.text('0123456789', 4)}`,
      ccv: c.text('0123456789', 3),
      exp: `${String(c.between(1, 12)).padStart(2, '0')}/${c.between(30, 39)}`,
      holder_name: `${c.of(FIRST_NAMES)} ${c.of(LAST_NAMES)}`,
    }),
  ],
  ['email', (c) => ({ email: emailOf(c), confirmed: c.below(2) === 1 })],
  ['ipv4', (c) => ({ ip: [10, c.below(256), c.below(256), c.between(1, 254)].join('.') })],
  ['ipv6', (c) => ({ ipv6: ['2001', 'db8', ...Array.from({ length: 6 }, () => c.text(HEX, 4))].join(':') })],
  ['macAddress', (c) => ({ mac: Array.from({ length: 6 }, () => c.text(HEX, 2)).join(':') })],
  [
    'nanoId',
    (c, { alphabet, length }) => {
      if (alphabet === '' || length < 1 || length > MAX_ID_LENGTH) {
        throw new NodeError('bad-parameter', `An id needs an alphabet and a length from 1 to ${MAX_ID_LENGTH}.`);
      }
      return { nanoId: c.text(alphabet, Math.floor(length)) };
    },
  ],
  ['url', (c) => ({ url: `https://${c.of(LAST_NAMES).toLowerCase()}.example/${c.text(HEX, 8)}` })],
  [
    'user',
    (c) => ({
      uid: uuidOf(c),
      email: emailOf(c),
      firstname: c.of(FIRST_NAMES),
      lastname: c.of(LAST_NAMES),
      password: c.text(LETTERS, 12),
    }),
  ],
  ['uuid', (c) => ({ uuid: uuidOf(c) })],
  ['semver', (c) => ({ semver: [c.below(20), c.below(20), c.below(20)].join('.') })],
]);

const emailOf = (c: Chance): string => `${c.of(FIRST_NAMES)}.${c.of(LAST_NAMES)}@mail.example`.toLowerCase();
const uuidOf = (c: Chance): string =>
  `${c.text(HEX, 8)}-${c.text(HEX, 4)}-4${c.text(HEX, 3)}-${c.of('89ab')}${c.text(HEX, 3)}-${c.text(HEX, 12)}`;

/** Made-up records of one kind; nothing in them belongs to anybody. */
export function randomData(source: RandomSource, count: number): JsonObject[] {
  const make = MAKERS.get(source.kind);
  if (!make) throw new NodeError('unknown-mode', `Debug Helper makes no data of the kind "${source.kind}".`);
  const chance = new Chance(source.seed === '' ? source.random : seededRandom(hash32(source.seed)));
  return Array.from({ length: count }, () => make(chance, source));
}
