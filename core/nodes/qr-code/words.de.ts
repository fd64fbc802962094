import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'qr-code',
  title: 'QR-Code',
  summary: 'Zeichnet einen Text oder Link als QR-Code.',
  fields: {
    'Error correction': 'Fehlerkorrektur',
    'How much may be covered or dirty: 7, 15, 25 or 30 %.':
      'Wie viel verdeckt oder schmutzig sein darf: 7, 15, 25 oder 30 %.',
    'Pixels a square': 'Pixel je Quadrat',
    'Squares around': 'Quadrate darum',
  },
  failures: {
    'There is no text for the code.': 'Es gibt keinen Text für den Code.',
    'The text does not fit into a QR code.': 'Der Text passt nicht in einen QR-Code.',
    'At most about 2,900 characters, fewer with more error correction.':
      'Höchstens etwa 2.900 Zeichen, weniger mit mehr Fehlerkorrektur.',
    'Error correction is one of {}.': 'Die Fehlerkorrektur ist eine von {}.',
  },
});
