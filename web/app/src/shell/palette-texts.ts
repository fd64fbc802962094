const en = {
  endpoint: 'API',
  place: 'Project or folder',
  tag: 'Tag',
  versionsOf: (name: string) => `Versions of ${name}`,
  runsOf: (name: string) => `Runs of ${name}`,
  failedRuns: 'Failed runs',
  runningRuns: 'Runs under way',
  compare: 'Compare this run with another',
  pasteHint: 'Paste or drop an n8n file or a curl command anywhere to import it.',
};

const de: typeof en = {
  endpoint: 'API',
  place: 'Projekt oder Ordner',
  tag: 'Schlagwort',
  versionsOf: (name) => `Versionen von ${name}`,
  runsOf: (name) => `Läufe von ${name}`,
  failedRuns: 'Gescheiterte Läufe',
  runningRuns: 'Laufende Läufe',
  compare: 'Diesen Lauf mit einem anderen vergleichen',
  pasteHint: 'Eine n8n-Datei oder ein curl-Kommando irgendwo einfügen oder ablegen importiert es.',
};

export const paletteTexts = { en, de };
