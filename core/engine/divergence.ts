/** A journal and a version that do not fit: the recorded decisions are not the ones this version would make. */
export class Divergence extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Divergence';
  }
}
