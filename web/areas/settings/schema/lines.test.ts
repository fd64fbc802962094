import { describe, it } from 'vitest';
import { linesOf } from './lines.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----';

describe('a list that is typed one a line', () => {
  it('keeps a PEM block whole: each of its lines was taken for a certificate', ({ expect }) => {
    expect(linesOf(`${PEM}\n${PEM}\nMIIC`)).toEqual([PEM, PEM, 'MIIC']);
    expect(linesOf(`one\n${PEM}\n`)).toEqual(['one', PEM, '']);
  });

  it('is the same text again, whatever was typed so far', ({ expect }) => {
    const texts = [
      '',
      'a',
      'a\n',
      '\n\nb',
      PEM.slice(0, 40),
      `${PEM.slice(0, 40)}\n${PEM}`,
      `-----END\n${PEM}\n-----BEGIN`,
    ];
    expect(texts.map((text) => linesOf(text).join('\n'))).toEqual(texts);
    expect(linesOf(PEM.slice(0, 34))).toEqual(['-----BEGIN CERTIFICATE-----', 'MIIB', 'A']);
    expect(linesOf('')).toEqual([]);
  });
});
