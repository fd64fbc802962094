type Shortcut = readonly [keys: string, does: string];
interface KeyboardTexts {
  title: string;
  letters: string;
  lettersHelp: string;
  groups: readonly { name: string; shortcuts: readonly Shortcut[] }[];
}

const en: KeyboardTexts = {
  title: 'Keyboard shortcuts',
  letters: 'Single letters are shortcuts',
  lettersHelp: 'Turn them off if you speak to your computer, or press keys by accident.',
  groups: [
    {
      name: 'Everywhere',
      shortcuts: [
        ['Ctrl K', 'Go to or do anything'],
        ['?', 'Show this list'],
        ['Tab', 'To the next control; with Shift to the one before'],
        ['F6', 'To the next part of the page; with Shift to the one before'],
        ['Esc', 'Close what is open'],
      ],
    },
    {
      name: 'Expressions and code',
      shortcuts: [
        ['Ctrl Space', 'Suggest names'],
        ['Enter', 'Take the suggestion'],
        ['Esc', 'Close the suggestions; then Tab leaves the box'],
      ],
    },
    {
      name: 'Editor',
      shortcuts: [
        ['A', 'Add a step'],
        ['N', 'Add a note'],
        ['O', 'Outline or canvas'],
        ['R', 'Run'],
        ['T', 'Tidy up'],
        ['Enter', 'Choose the step; once more: into its panel'],
        ['Esc', 'From the panel back to the step'],
        ['Alt I', 'From a parameter to the input: a field pressed there goes into it'],
        ['Ctrl Enter', 'Choose one more, or one fewer'],
        ['Ctrl A', 'Choose all'],
        ['Ctrl G', 'Group; with Shift ungroup'],
        ['Alt G', 'Open groups; with Shift collapse them'],
        ['Ctrl D', 'Duplicate'],
        ['D', 'Switch off, or on again'],
        ['F2', 'Rename; in a note: write'],
        ['1', 'Show everything'],
        ['Shift F10', 'What can be done with it'],
        ['Space', 'With the mouse: move the drawing'],
        ['Ctrl C', 'Copy, also for n8n; Ctrl X cuts, Ctrl V pastes'],
        ['Ctrl Z', 'Undo; with Shift redo'],
        ['Delete', 'Delete what is chosen'],
        ['← ↑ ↓ →', 'Move what is chosen; with Shift further'],
      ],
    },
  ],
};

const de: KeyboardTexts = {
  title: 'Tastenkürzel',
  letters: 'Einzelne Buchstaben sind Kürzel',
  lettersHelp: 'Ausschalten, wenn Sie dem Computer diktieren oder Tasten aus Versehen drücken.',
  groups: [
    {
      name: 'Überall',
      shortcuts: [
        ['Strg K', 'Wohin gehen oder was tun'],
        ['?', 'Diese Liste zeigen'],
        ['Tab', 'Zum nächsten Bedienelement; mit Umschalt zum vorigen'],
        ['F6', 'Zum nächsten Teil der Seite; mit Umschalt zum vorigen'],
        ['Esc', 'Schließen, was offen ist'],
      ],
    },
    {
      name: 'Ausdrücke und Code',
      shortcuts: [
        ['Strg Leertaste', 'Namen vorschlagen'],
        ['Enter', 'Den Vorschlag nehmen'],
        ['Esc', 'Die Vorschläge schließen; danach verlässt Tab das Feld'],
      ],
    },
    {
      name: 'Editor',
      shortcuts: [
        ['A', 'Einen Schritt hinzufügen'],
        ['N', 'Eine Notiz hinzufügen'],
        ['O', 'Gliederung oder Zeichenfläche'],
        ['R', 'Ausführen'],
        ['T', 'Aufräumen'],
        ['Enter', 'Den Schritt wählen; noch einmal: in seine Einstellungen'],
        ['Esc', 'Aus den Einstellungen zurück zum Schritt'],
        ['Alt I', 'Von einem Parameter zur Eingabe: ein dort gedrücktes Feld kommt hinein'],
        ['Strg Enter', 'Einen mehr wählen, oder einen weniger'],
        ['Strg A', 'Alle wählen'],
        ['Strg G', 'Gruppieren; mit Umschalt auflösen'],
        ['Alt G', 'Gruppen ausklappen; mit Umschalt einklappen'],
        ['Strg D', 'Duplizieren'],
        ['D', 'Ausschalten oder wieder ein'],
        ['F2', 'Umbenennen; in einer Notiz: schreiben'],
        ['1', 'Alles zeigen'],
        ['Umschalt F10', 'Was damit geschehen kann'],
        ['Leertaste', 'Mit der Maus: die Zeichnung bewegen'],
        ['Strg C', 'Kopieren, auch für n8n; Strg X schneidet aus, Strg V fügt ein'],
        ['Strg Z', 'Rückgängig; mit Umschalt wiederholen'],
        ['Entf', 'Löschen, was gewählt ist'],
        ['← ↑ ↓ →', 'Verschieben, was gewählt ist; mit Umschalt weiter'],
      ],
    },
  ],
};

export const keyboardTexts = { en, de };
