const SECTOR_BYTES = 512;
const ENTRY_BYTES = 128;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT = 0xfffffffd;
/** Shorter streams would have to live in the mini stream. */
const MIN_STREAM_BYTES = 4096;
/** Sector numbers of the allocation table that the header has room for: 6.9 MB of file each 109. */
const HEADER_FATS = 109;
const PER_SECTOR = SECTOR_BYTES / 4;

/** A compound file (the container of XLS) with one stream. */
export function compoundFile(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const dataSectors = Math.max(MIN_STREAM_BYTES, content.length + SECTOR_BYTES - 1) / SECTOR_BYTES;
  const data = Math.floor(dataSectors);
  const { fats, difats } = tablesFor(data + 1);
  const total = data + 1 + fats + difats;
  const file = new Uint8Array((total + 1) * SECTOR_BYTES);
  const view = new DataView(file.buffer);
  const at = (sector: number): number => (sector + 1) * SECTOR_BYTES;
  const directory = data;
  const firstFat = data + 1;
  const firstDifat = firstFat + fats;

  writeHeader(view, { directory, fats, firstFat, firstDifat, difats });
  file.set(content, at(0));
  writeDirectory(view, at(directory), { name, sizeBytes: Math.max(MIN_STREAM_BYTES, content.length) });
  for (let entry = 0; entry < fats * PER_SECTOR; entry++) {
    const isChain = entry < data - 1;
    const isEnd = entry === data - 1 || entry === directory;
    const isFat = entry >= firstFat && entry < firstDifat;
    const isDifat = entry >= firstDifat && entry < total;
    const next = isChain ? entry + 1 : isEnd ? END : isFat ? FAT : isDifat ? FAT - 1 : FREE;
    view.setUint32(at(firstFat) + entry * 4, next, true);
  }
  // The rest of the table's own sectors.
  for (let index = 0; index < difats; index++) {
    const start = at(firstDifat + index);
    for (let slot = 0; slot < PER_SECTOR - 1; slot++) {
      const fat = HEADER_FATS + index * (PER_SECTOR - 1) + slot;
      view.setUint32(start + slot * 4, fat < fats ? firstFat + fat : FREE, true);
    }
    view.setUint32(start + SECTOR_BYTES - 4, index + 1 < difats ? firstDifat + index + 1 : END, true);
  }
  return file;
}

/** The tables describe themselves, too. */
function tablesFor(sectors: number): { fats: number; difats: number } {
  let fats = 1;
  for (;;) {
    const difats = Math.max(0, Math.ceil((fats - HEADER_FATS) / (PER_SECTOR - 1)));
    const needed = Math.ceil((sectors + fats + difats) / PER_SECTOR);
    if (needed <= fats) return { fats, difats };
    fats = needed;
  }
}

function writeHeader(
  view: DataView,
  how: { directory: number; fats: number; firstFat: number; firstDifat: number; difats: number },
): void {
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].forEach((byte, at) => view.setUint8(at, byte));
  view.setUint16(24, 0x3e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, how.fats, true);
  view.setUint32(48, how.directory, true);
  view.setUint32(56, MIN_STREAM_BYTES, true);
  view.setUint32(60, END, true);
  view.setUint32(68, how.difats > 0 ? how.firstDifat : END, true);
  view.setUint32(72, how.difats, true);
  for (let slot = 0; slot < HEADER_FATS; slot++) {
    view.setUint32(76 + slot * 4, slot < how.fats ? how.firstFat + slot : FREE, true);
  }
}

function writeDirectory(view: DataView, start: number, stream: { name: string; sizeBytes: number }): void {
  const entry = (
    index: number,
    name: string,
    how: { type: number; child: number; first: number; size: number },
  ): void => {
    const at = start + index * ENTRY_BYTES;
    for (let char = 0; char < name.length; char++) view.setUint16(at + char * 2, name.charCodeAt(char), true);
    view.setUint16(at + 64, name === '' ? 0 : (name.length + 1) * 2, true);
    view.setUint8(at + 66, how.type);
    view.setUint8(at + 67, 1);
    view.setUint32(at + 68, FREE, true);
    view.setUint32(at + 72, FREE, true);
    view.setUint32(at + 76, how.child, true);
    view.setUint32(at + 116, how.first, true);
    view.setUint32(at + 120, how.size, true);
  };
  entry(0, 'Root Entry', { type: 5, child: 1, first: END, size: 0 });
  entry(1, stream.name, { type: 2, child: FREE, first: 0, size: stream.sizeBytes });
  for (const index of [2, 3]) entry(index, '', { type: 0, child: FREE, first: 0, size: 0 });
}
