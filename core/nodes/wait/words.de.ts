import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'wait',
  title: 'Warten',
  summary: 'Hält den Lauf an: eine Zeit lang, bis zu einem Zeitpunkt, oder bis seine Adresse aufgerufen wird.',
  fields: {
    Resume: 'Weitergehen',
    Amount: 'Dauer',
    Moment: 'Zeitpunkt',
    'Title of the form': 'Titel des Formulars',
    'Description of the form': 'Beschreibung des Formulars',
    'Authentication of the resuming call': 'Authentifizierung des Aufrufs, der fortsetzt',
    'Answer the resuming call': 'Den Aufruf beantworten, der fortsetzt',
  },
  options: {
    webhook: 'Bei einem Aufruf',
    timeInterval: 'Nach einer Dauer',
    specificTime: 'Zu einem Zeitpunkt',
    form: 'Nach einem Formular',
  },
  failures: {
    'Wait cannot resume on "{}".': 'Warten kann bei „{}“ nicht weitergehen.',
    'Wait cannot authenticate by "{}".': 'Warten kann nicht mit „{}“ authentifizieren.',
    "Cannot wait for '{} {}'.": '„{} {}“ lang lässt sich nicht warten.',
    'Give a number that is not negative, and seconds, minutes, hours or days.':
      'Geben Sie eine Zahl, die nicht negativ ist, und Sekunden, Minuten, Stunden oder Tage.',
    "Cannot wait until '{}': it is not a date.": 'Bis „{}“ lässt sich nicht warten: das ist kein Datum.',
  },
});
