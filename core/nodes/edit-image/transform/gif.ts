import { type Pixels, eachRow } from './pixels.ts';

/** Six steps of each color make 216; the last of the palette is "nothing". */
const STEPS = 6;
const TRANSPARENT = 255;
/** Step of each value of a color. */
const STEP = Uint8Array.from({ length: 256 }, (_, value) => Math.round((value / 255) * (STEPS - 1)));
const MIN_CODE_BITS = 8;
const MAX_CODES = 4096;
const PIXELS_A_TURN = 500_000;

/** One frame with a fixed palette. */
export async function writeGif(
  { width, height, data }: Pixels,
  breathe: () => Promise<void>,
): Promise<Uint8Array<ArrayBuffer>> {
  const indexes = new Uint8Array(width * height);
  await eachRow({ top: 0, bottom: height, width, breathe }, (y) => {
    for (let pixel = y * width; pixel < (y + 1) * width; pixel++) indexes[pixel] = indexOf(data, pixel * 4);
  });
  const head = [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, ...word(width), ...word(height), 0xf7, 0, 0];
  const control = [0x21, 0xf9, 4, 1, 0, 0, TRANSPARENT, 0];
  const frame = [0x2c, 0, 0, 0, 0, ...word(width), ...word(height), 0, MIN_CODE_BITS];
  const packed = await compress(indexes, breathe);
  const blocks = Math.ceil(packed.length / 255);
  const made = new Uint8Array(head.length + 768 + control.length + frame.length + packed.length + blocks + 2);
  let at = 0;
  const put = (bytes: ArrayLike<number>): void => {
    made.set(bytes, at);
    at += bytes.length;
  };
  put(head);
  put(palette());
  put(control);
  put(frame);
  for (let from = 0; from < packed.length; from += 255) {
    const block = packed.subarray(from, from + 255);
    put([block.length]);
    put(block);
  }
  put([0, 0x3b]);
  return made;
}

const word = (value: number): number[] => [value & 0xff, value >> 8];

function indexOf(data: Uint8Array, at: number): number {
  if ((data[at + 3] as number) < 128) return TRANSPARENT;
  const [red, green, blue] = [STEP[data[at] ?? 0], STEP[data[at + 1] ?? 0], STEP[data[at + 2] ?? 0]];
  return ((red ?? 0) * STEPS + (green ?? 0)) * STEPS + (blue ?? 0);
}

function palette(): Uint8Array {
  const colors = new Uint8Array(768);
  for (let index = 0; index < STEPS ** 3; index++) {
    const parts = [Math.floor(index / STEPS ** 2), Math.floor(index / STEPS) % STEPS, index % STEPS];
    colors.set(
      parts.map((step) => (step * 255) / (STEPS - 1)),
      index * 3,
    );
  }
  return colors;
}

/** Variable-width LZW, as GIF has it. */
async function compress(indexes: Uint8Array, breathe: () => Promise<void>): Promise<Uint8Array> {
  const out: number[] = [];
  const CLEAR = 1 << MIN_CODE_BITS;
  let codes = new Map<number, number>();
  let next = CLEAR + 2;
  let bits = MIN_CODE_BITS + 1;
  let buffer = 0;
  let held = 0;
  const emit = (code: number): void => {
    buffer |= code << held;
    held += bits;
    while (held >= 8) {
      out.push(buffer & 0xff);
      buffer >>>= 8;
      held -= 8;
    }
  };
  emit(CLEAR);
  let prefix = indexes[0] as number;
  for (let at = 1; at < indexes.length; at++) {
    if (at % PIXELS_A_TURN === 0) await breathe();
    const index = indexes[at] as number;
    const key = prefix * 256 + index;
    const known = codes.get(key);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    emit(prefix);
    if (next < MAX_CODES) {
      codes.set(key, next++);
      if (next > 1 << bits && bits < 12) bits += 1;
    } else {
      emit(CLEAR);
      codes = new Map();
      next = CLEAR + 2;
      bits = MIN_CODE_BITS + 1;
    }
    prefix = index;
  }
  emit(prefix);
  emit(CLEAR + 1);
  if (held > 0) out.push(buffer & 0xff);
  return Uint8Array.from(out);
}
