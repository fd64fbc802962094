import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'set',
  title: 'Felder setzen',
  summary: 'Fügt jedem Element Felder hinzu, ändert oder ersetzt sie.',
  fields: {
    JSON: 'JSON',
    'Keep other fields': 'Andere Felder behalten',
    'Which others': 'Welche anderen',
    'Fields to keep': 'Felder, die bleiben',
    'Fields to drop': 'Felder, die wegfallen',
    'Dots make paths': 'Punkte trennen Ebenen',
    'Keep values that do not convert': 'Werte behalten, die sich nicht umwandeln lassen',
  },
  options: { raw: 'JSON', manual: 'Feld für Feld', selected: 'Ausgewählte', except: 'Alle außer' },
  failures: {
    "'{}' expects an {} but we got '{}' [item {}]": '„{}“ erwartet {}, bekam aber „{}“ [Element {}]',
    "'{}' expects a {} but we got '{}' [item {}]": '„{}“ erwartet {}, bekam aber „{}“ [Element {}]',
    'Change the type of the field "{}" or turn on "Keep values that do not convert".':
      'Ändern Sie den Typ des Feldes „{}“, oder schalten Sie „Werte behalten, die sich nicht umwandeln lassen“ ein.',
    "The 'JSON' of item {} is not a JSON object.": 'Das JSON von Element {} ist kein JSON-Objekt.',
    'It is: {}': 'Es ist: {}',
  },
});
