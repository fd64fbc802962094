import { defineWords } from '../../node/words.ts';

export const german = defineWords({
  type: 'quick-chart',
  title: 'Diagramm',
  summary: 'Zeichnet Elemente als Balken, Linie, Torte, Ring, Netz oder Kasten.',
  fields: {
    Chart: 'Diagramm',
    Labels: 'Beschriftungen',
    'A list of: label.': 'Eine Liste von: label.',
    Label: 'Beschriftung',
    'Labels (list)': 'Beschriftungen (Liste)',
    'A list of numbers; for boxplots a list of lists. Every item of the input is one series.':
      'Eine Liste von Zahlen; für Kastendiagramme eine Liste von Listen. Jedes Element am Eingang ist eine Reihe.',
    'Pixels a unit': 'Pixel je Einheit',
    'Bars to the right': 'Balken nach rechts',
    'Color of lines': 'Farbe der Linien',
    'Fill below lines': 'Unter Linien füllen',
    'Name of the series': 'Name der Reihe',
  },
  options: {
    bar: 'Balken',
    boxplot: 'Kasten',
    doughnut: 'Ring',
    pie: 'Torte',
    polarArea: 'Polarfläche',
    manually: 'Einzeln',
  },
  failures: {
    'A chart needs an item.': 'Ein Diagramm braucht ein Element.',
    'A chart shows {} series at most; every item is one.':
      'Ein Diagramm zeigt höchstens {} Reihen; jedes Element ist eine.',
    'Aggregate the items first, and give their values as one list.':
      'Fassen Sie die Elemente erst zusammen, und geben Sie ihre Werte als eine Liste.',
    'There is no {} "{}".': '„{2}“ gibt es nicht ({1}).',
    '"{}" must be a number up to {}.': '„{}“ muss eine Zahl bis {} sein.',
    'A series has {} values at most.': 'Eine Reihe hat höchstens {} Werte.',
    '"{}" is not a number.': '„{}“ ist keine Zahl.',
    'The data of a chart is a list like [1, 2, 3].': 'Die Daten eines Diagramms sind eine Liste wie [1, 2, 3].',
    'A chart of {} × {} pixels is too large.': 'Ein Diagramm von {} × {} Pixeln ist zu groß.',
    'Make it smaller, lower devicePixelRatio, or choose the format svg.':
      'Machen Sie es kleiner, senken Sie devicePixelRatio, oder wählen Sie das Format svg.',
  },
});
