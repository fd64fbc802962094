import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'schedule',
  title: 'Zeitplan',
  summary: 'Startet zu festgelegten Zeiten.',
  fields: {
    Every: 'Alle',
    'Seconds between': 'Sekunden dazwischen',
    'Minutes between': 'Minuten dazwischen',
    'Hours between': 'Stunden dazwischen',
    'Days between': 'Tage dazwischen',
    'Weeks between': 'Wochen dazwischen',
    On: 'An',
    'Months between': 'Monate dazwischen',
    'Day of the month': 'Tag des Monats',
    Hour: 'Stunde',
    Minute: 'Minute',
    'Cron expression': 'Cron-Ausdruck',
    'Minute, hour, day, month, weekday: `30 9 * * 1-5`. Six parts begin with the second.':
      'Minute, Stunde, Tag, Monat, Wochentag: `30 9 * * 1-5`. Sechs Teile beginnen mit der Sekunde.',
  },
  options: { cronExpression: 'Cron-Ausdruck' },
  failures: {
    'There is no time zone "{}".': 'Die Zeitzone „{}“ gibt es nicht.',
    '"{}" is not a cron expression.': '„{}“ ist kein Cron-Ausdruck.',
    'A schedule cannot recur by "{}".': 'Ein Zeitplan kann nicht nach „{}“ wiederkehren.',
    'A schedule cannot recur every {} {}.': 'Ein Zeitplan kann nicht alle {} {} wiederkehren.',
    '{} is not a valid {}: use {} to {}.': '{} geht für {} nicht: nehmen Sie {} bis {}.',
    'A schedule has no mode "{}".': 'Ein Zeitplan hat keine Art „{}“.',
  },
});
