import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'rss-feed-read-trigger',
  title: 'RSS-Auslöser',
  summary: 'Startet mit den neuen Einträgen eines RSS- oder Atom-Feeds.',
  fields: {
    'Feed URL': 'URL des Feeds',
    'Poll times': 'Wann nachgesehen wird',
    'Each has a mode (everyMinute, everyHour, everyDay …) with hour and minute. Every minute by default.':
      'Jeder Eintrag hat eine Art (everyMinute, everyHour, everyDay …) mit Stunde und Minute. Ohne Angabe jede Minute.',
  },
  failures: {
    'The feed gave nothing.': 'Der Feed gab nichts.',
  },
});
