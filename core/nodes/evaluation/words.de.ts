import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'evaluation',
  title: 'Auswertung',
  summary: 'Unterscheidet eine Auswertung von einem Lauf und gibt Elemente mit ihren Messwerten weiter.',
  fields: {
    Outputs: 'Ausgaben',
    'outputName, outputValue.': 'outputName, outputValue.',
    'inputName, inputValue.': 'inputName, inputValue.',
    Metric: 'Messwert',
    'Metrics that ask a model are refused in an evaluation.':
      'Messwerte, die ein Modell fragen, werden in einer Auswertung abgelehnt.',
    Metrics: 'Messwerte',
  },
  options: {
    setInputs: 'Eingaben festhalten',
    setOutputs: 'Ausgaben festhalten',
    setMetrics: 'Messwerte festhalten',
    checkIfEvaluating: 'Prüfen, ob ausgewertet wird',
    customMetrics: 'Eigene Messwerte',
  },
  failures: {
    'The metric "{}" asks a model, which is not here yet.':
      'Der Messwert „{}“ fragt ein Modell, das es hier noch nicht gibt.',
    'The metric "{}" is not a number.': 'Der Messwert „{}“ ist keine Zahl.',
  },
});
