import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'execute-workflow',
  title: 'Ablauf ausführen',
  summary: 'Führt einen anderen Ablauf mit diesen Elementen aus und gibt weiter, was sein letzter Schritt ergab.',
  fields: {
    'What it gets': 'Was er bekommt',
    'Without any value it gets the items as they are.': 'Ohne Werte bekommt er die Elemente, wie sie sind.',
    Run: 'Ausführen',
    'Wait for it': 'Darauf warten',
  },
  options: { once: 'Einmal mit allen Elementen', each: 'Einmal je Element' },
  failures: {
    'All items of one step must run the same workflow.':
      'Alle Elemente eines Schritts müssen denselben Ablauf ausführen.',
    'Put a Switch before it, with one of these nodes per workflow.':
      'Setzen Sie einen Verteiler davor, mit je einem dieser Schritte für jeden Ablauf.',
    'A workflow cannot be run from "{}" here.': 'Ein Ablauf lässt sich hier nicht aus „{}“ ausführen.',
    'Import the workflow and choose it from the list, or paste it as JSON.':
      'Importieren Sie den Ablauf und wählen Sie ihn aus der Liste, oder fügen Sie ihn als JSON ein.',
    'Choose the workflow to run.': 'Wählen Sie den Ablauf, der ausgeführt wird.',
    'A workflow written on a node cannot be an expression.':
      'Ein Ablauf, der im Schritt steht, kann kein Ausdruck sein.',
    'Paste the JSON itself; give what changes to it as items.':
      'Fügen Sie das JSON selbst ein; was sich ändert, geben Sie ihm als Elemente.',
    'The JSON on this node is no workflow.': 'Das JSON in diesem Schritt ist kein Ablauf.',
    'Paste a workflow as n8n exports it: an object with "nodes" and "connections".':
      'Fügen Sie einen Ablauf ein, wie n8n ihn exportiert: ein Objekt mit „nodes“ und „connections“.',
  },
});
