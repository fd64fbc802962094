import {
  FREE_UNPACKED_BYTES,
  MAX_ARCHIVE_FILES,
  MAX_UNPACKED_BYTES,
  MAX_UNPACK_RATIO,
} from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';

/** What takes about a tenth of a second to unpack. */
const TURN_BYTES = 8 * 1024 * 1024;

/** What one archive may still unpack to. Asked after every piece, so a bomb ends while it is small. */
export class UnpackBudget {
  readonly #packedBytes: number;
  readonly #breathe: () => Promise<void>;
  #bytesAtTurn = 0;
  #bytes = 0;
  #files = 0;

  constructor(packedBytes: number, breathe: () => Promise<void>) {
    this.#packedBytes = Math.max(1, packedBytes);
    this.#breathe = breathe;
  }

  /** @throws NodeError `unpacks-too-large`. */
  takeBytes(bytes: number): void {
    this.#bytes += bytes;
    const isBomb = this.#bytes > FREE_UNPACKED_BYTES && this.#bytes / this.#packedBytes > MAX_UNPACK_RATIO;
    if (this.#bytes <= MAX_UNPACKED_BYTES && !isBomb) return;
    throw new NodeError('unpacks-too-large', 'This file unpacks to more than is allowed.', {
      description: `The limit is ${MAX_UNPACKED_BYTES / 1024 / 1024} MiB, and ${MAX_UNPACK_RATIO} times the packed size.`,
    });
  }

  /** Lets others have their turn after some megabytes. */
  async turn(): Promise<void> {
    if (this.#bytes - this.#bytesAtTurn < TURN_BYTES) return;
    this.#bytesAtTurn = this.#bytes;
    await this.#breathe();
  }

  /** @throws NodeError `too-many-files`. */
  takeFile(): void {
    this.#files += 1;
    if (this.#files > MAX_ARCHIVE_FILES) {
      throw new NodeError('too-many-files', `An archive may hold ${MAX_ARCHIVE_FILES} files.`);
    }
  }
}
