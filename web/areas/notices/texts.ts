const en = {
  title: 'Notifications',
  emptyTitle: 'Nothing has failed',
  emptyText: 'Runs that fail and limits that are reached are listed here. What waits for somebody is in the inbox.',
  fresh: 'New',
  failed: (workflow: string) => `A run of ${workflow} failed`,
  limit: (meter: string, percent: number, isHard: boolean) =>
    isHard ? `${meter}: the limit is reached, nothing goes beyond it` : `${meter}: ${percent} % of the limit are used`,
};

const de: typeof en = {
  title: 'Mitteilungen',
  emptyTitle: 'Nichts ist gescheitert',
  emptyText: 'Gescheiterte Läufe und erreichte Grenzen stehen hier. Was auf jemanden wartet, steht im Eingang.',
  fresh: 'Neu',
  failed: (workflow) => `Ein Lauf von ${workflow} ist gescheitert`,
  limit: (meter, percent, isHard) =>
    isHard
      ? `${meter}: Die Grenze ist erreicht, darüber geht nichts`
      : `${meter}: ${percent} % der Grenze sind verbraucht`,
};

export const TEXTS = { en, de };
