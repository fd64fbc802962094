import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'code',
  title: 'Code',
  summary:
    'Führt JavaScript oder Python über die Elemente aus, getrennt von Zugangsdaten und, wenn nicht erlaubt, vom Netz.',
  fields: {
    'Once with all items, or once for each of them.': 'Einmal mit allen Elementen oder für jedes einmal.',
    'Python is MicroPython, a subset without third-party packages.':
      'Python ist MicroPython, ein Teil der Sprache ohne fremde Pakete.',
    'Reads `$input`, `$json`, `$("Node")` and returns items.':
      'Liest `$input`, `$json`, `$("Schritt")` und gibt Elemente zurück.',
    Python: 'Python',
    'Reads `_input`, `_json`, `_("Node")` and returns items. Used when the language is Python.':
      'Liest `_input`, `_json`, `_("Schritt")` und gibt Elemente zurück. Gilt, wenn die Sprache Python ist.',
  },
  options: {
    runOnceForAllItems: 'Einmal für alle Elemente',
    runOnceForEachItem: 'Einmal je Element',
    pythonNative: 'Python (nativ)',
  },
  failures: {
    "Code cannot continue after '{}'": 'Code kann nach „{}“ nicht weitergehen',
    'The code reads more than {} nodes by computed names':
      'Der Code liest mehr als {} Schritte unter errechneten Namen',
    "Code in '{}' cannot run here; rewrite it in JavaScript or Python":
      'Code in „{}“ läuft hier nicht; schreiben Sie ihn in JavaScript oder Python',
  },
});
