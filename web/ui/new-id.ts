/** An id that is given once. `crypto.randomUUID` is there on HTTPS and this machine only: not for who comes over a network of their own. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
