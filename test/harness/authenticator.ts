/** A passkey device in software (WebAuthn level 2, ES256, no attestation), for tests that have no browser. */

const encoder = new TextEncoder();
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const concat = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

function head(major: number, value: number): number[] {
  if (value < 24) return [(major << 5) | value];
  return value < 256 ? [(major << 5) | 24, value] : [(major << 5) | 25, value >> 8, value & 255];
}

function cbor(value: Cbor): Uint8Array {
  if (typeof value === 'number') return Uint8Array.from(value < 0 ? head(1, -1 - value) : head(0, value));
  if (typeof value === 'string') return concat(Uint8Array.from(head(3, value.length)), encoder.encode(value));
  if (value instanceof Uint8Array) return concat(Uint8Array.from(head(2, value.length)), value);
  return concat(Uint8Array.from(head(5, value.size)), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)]));
}

/** A raw ECDSA signature as ASN.1, which is what authenticators send. */
function der(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array): Uint8Array => {
    const start = bytes.findIndex((byte) => byte !== 0);
    const value = bytes.slice(start < 0 ? bytes.length - 1 : start);
    const padded = (value[0] ?? 0) > 127 ? concat(Uint8Array.of(0), value) : value;
    return concat(Uint8Array.of(2, padded.length), padded);
  };
  const body = concat(integer(raw.slice(0, 32)), integer(raw.slice(32)));
  return concat(Uint8Array.of(0x30, body.length), body);
}

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_CREDENTIAL = 64;

export class Authenticator {
  readonly #id = crypto.getRandomValues(new Uint8Array(32));
  readonly #pair: CryptoKeyPair;
  #counter = 0;
  private constructor(pair: CryptoKeyPair) {
    this.#pair = pair;
  }

  static async make(): Promise<Authenticator> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    return new Authenticator((await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair);
  }

  #client(type: string, challenge: string, origin: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(encoder.encode(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
  }

  async #data(
    rpId: string,
    flags: number,
    credential: Uint8Array = new Uint8Array(),
  ): Promise<Uint8Array<ArrayBuffer>> {
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, ++this.#counter);
    return concat(await sha256(Uint8Array.from(encoder.encode(rpId))), Uint8Array.of(flags), counter, credential);
  }

  /** The answer to registration options. */
  async register({ challenge, rpId, origin }: { challenge: string; rpId: string; origin: string }) {
    const point = new Uint8Array((await crypto.subtle.exportKey('raw', this.#pair.publicKey)) as ArrayBuffer);
    const key = cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, point.slice(1, 33)],
        [-3, point.slice(33)],
      ]),
    );
    const credential = concat(new Uint8Array(16), Uint8Array.of(0, this.#id.length), this.#id, key);
    const authData = await this.#data(rpId, USER_PRESENT | USER_VERIFIED | HAS_CREDENTIAL, credential);
    const attestation = cbor(
      new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return {
      id: base64url(this.#id),
      rawId: base64url(this.#id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(this.#client('webauthn.create', challenge, origin)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      },
    };
  }

  /** The answer to authentication options. */
  async assert(about: { challenge: string; rpId: string; origin: string; isUserVerified?: boolean }) {
    const { challenge, rpId, origin, isUserVerified = true } = about;
    const client = this.#client('webauthn.get', challenge, origin);
    const data = await this.#data(rpId, USER_PRESENT | (isUserVerified ? USER_VERIFIED : 0));
    const signed = concat(data, await sha256(client));
    const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.#pair.privateKey, signed);
    return {
      id: base64url(this.#id),
      rawId: base64url(this.#id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(der(new Uint8Array(raw))),
      },
    };
  }
}

/** The code that an authenticator app shows for a key URI (RFC 6238), `steps` periods from now. */
export async function totpCode(uri: string, steps = 0, nowMs = Date.now()): Promise<string> {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  let bits = '';
  for (const char of secret.replaceAll('=', '')) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0');
  }
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(nowMs / 30_000) + steps));
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const at = (hash.at(-1) ?? 0) & 15;
  const value = new DataView(hash.buffer).getUint32(at) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}
