/** A larger file is refused before it is read: an isolate has 128 MB. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** What the files of one archive may add up to. */
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;
/** How many times larger than the archive, once FREE_UNPACKED_BYTES are out: text reaches 20, a bomb 1000. */
export const MAX_UNPACK_RATIO = 200;
export const FREE_UNPACKED_BYTES = 10 * 1024 * 1024;
/** Files in one archive. */
export const MAX_ARCHIVE_FILES = 10_000;
/** Rows a table may have, read or written. */
export const MAX_ROWS = 1_000_000;
/** As spreadsheets have them. */
export const MAX_COLUMNS = 16_384;
/** Width times height. */
export const MAX_PIXELS = 40_000_000;
