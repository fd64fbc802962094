const en = {
  title: 'Notifications',
  emptyTitle: 'All is well',
  emptyText: 'Runs that fail and limits that are reached are listed here.',
  fresh: 'New',
  failed: (workflow: string) => `A run of ${workflow} failed`,
  limit: (meter: string, percent: number, isHard: boolean) =>
    isHard ? `${meter}: the limit is reached, nothing goes beyond it` : `${meter}: ${percent} % of the limit are used`,
};

const de: typeof en = {
  title: 'Mitteilungen',
  emptyTitle: 'Alles in Ordnung',
  emptyText: 'Gescheiterte Läufe und erreichte Grenzen stehen hier.',
  fresh: 'Neu',
  failed: (workflow) => `Ein Lauf von ${workflow} ist gescheitert`,
  limit: (meter, percent, isHard) =>
    isHard
      ? `${meter}: Die Grenze ist erreicht, darüber geht nichts`
      : `${meter}: ${percent} % der Grenze sind verbraucht`,
};

export const TEXTS = { en, de };
