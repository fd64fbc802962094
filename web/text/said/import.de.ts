/** What reports of imports say (`core/interop`), in English with `{}` where a value stands, and in German. */
export const IMPORT: Readonly<Record<string, string>> = {
  'A blueprint does not say when it runs: replace it by a Schedule node.':
    'Ein Blueprint sagt nicht, wann er läuft: ersetzen Sie dies durch einen Zeitplan.',
  'Make takes its bundles through the scenario one by one; here a node works on all items at once.':
    'Make führt seine Bündel einzeln durch das Szenario; hier arbeitet ein Schritt an allen Elementen zugleich.',
  'Modules beyond {} are left out.': 'Module über {} hinaus fehlen.',
  'No connector runs modules of this kind yet.': 'Für Module dieser Art gibt es hier noch nichts.',
  'Its conditions nest deeper than a Filter node: write them anew.':
    'Seine Bedingungen sind tiefer geschachtelt, als ein Filter kann: schreiben Sie sie neu.',
  'A formula of Make has no counterpart here and stands as text.':
    'Eine Formel von Make hat hier keine Entsprechung und steht als Text da.',
  'After an error its input goes on, not the substitute set in Make.':
    'Nach einem Fehler geht seine Eingabe weiter, nicht der in Make gesetzte Ersatz.',
  'It gathers whole items; choose the fields if Make gathered some.':
    'Er sammelt ganze Elemente; wählen Sie die Felder, wenn Make nur einige sammelte.',
  'It has a new address.': 'Er hat eine neue Adresse.',
  'An n8n export has a list of nodes.': 'Ein Export von n8n hat eine Liste nodes.',
  'No workflow in this file.': 'In dieser Datei ist kein Ablauf.',
  'More than {} nodes.': 'Mehr als {} Schritte.',
  'The file has the old execution order (branches take turns); it is kept.':
    'Die Datei hat die alte Reihenfolge (Zweige wechseln sich ab); sie bleibt.',
  'Some entries of the list of nodes are no nodes; they are kept in the file only.':
    'Einige Einträge der Liste nodes sind keine Schritte; sie bleiben nur in der Datei.',
  '{} connections lead nowhere or repeat; they are kept in the file only.':
    '{} Verbindungen führen nirgendhin oder stehen doppelt da; sie bleiben nur in der Datei.',
  'They are not an object.': 'Sie sind kein Objekt.',
  'Its parameters cannot be used: {}': 'Seine Parameter lassen sich nicht benutzen: {}',
  'It was renamed: names must be unique and at most 1 kB.':
    'Er heißt jetzt anders: jeden Namen darf es nur einmal geben, mit höchstens 1 kB.',
  'No connector runs nodes of this type yet.': 'Für Schritte dieser Art gibt es hier noch nichts.',
  'It cannot run as it is: {}': 'So kann er nicht laufen: {}',
  'It was written for version {}; here are {}.': 'Er wurde für Version {} geschrieben; hier gibt es {}.',
  'Choose a credential: {}.': 'Wählen Sie Zugangsdaten: {}.',
  'Or choose generic authentication: credentials of that type cannot be kept here yet.':
    'Oder wählen Sie eine allgemeine Anmeldung: Zugangsdaten dieser Art gibt es hier noch nicht.',
  'It supplies another node.': 'Er dient einem anderen Schritt.',
  'The time zone {} is not known and is not used.': 'Die Zeitzone {} ist unbekannt und wird nicht benutzt.',
  'The error workflow {} is an id of the other system: choose one here.':
    'Der Ablauf für Fehler {} ist eine Id des anderen Systems: wählen Sie hier einen.',
  'No connector runs steps of this app yet.': 'Für Schritte dieser App gibt es hier noch nichts.',
  'It refers to a step that is not in the file; that stands as text.':
    'Er verweist auf einen Schritt, der nicht in der Datei ist; das steht als Text da.',
  'An export of Zapier holds no secrets and no schedule of polls: set triggers and credentials anew.':
    'Ein Export von Zapier hat keine Geheimnisse und keinen Takt von Abfragen: stellen Sie Auslöser und Zugangsdaten neu ein.',
  'It has a new address, and its fields lie under body.':
    'Er hat eine neue Adresse, und seine Felder liegen unter body.',
  'Its groups of conditions were put into one: check them.':
    'Seine Gruppen von Bedingungen sind jetzt eine: prüfen Sie sie.',
  'Its code is kept; what only Zapier offers to code (StoreClient, fetch) is not there.':
    'Sein Code bleibt; was nur Zapier dem Code bietet (StoreClient, fetch), fehlt.',

  // nodes that run otherwise than in n8n
  'No agent calls it yet; between other nodes it runs, with the item as its input.':
    'Noch ruft ihn kein Agent auf; zwischen anderen Schritten läuft er, mit dem Element als Eingabe.',
  'Nothing starts evaluations here: outputs and metrics are not written anywhere, and every run is a normal one.':
    'Auswertungen startet hier nichts: Ausgaben und Messwerte werden nirgends aufgeschrieben, jeder Lauf ist ein gewöhnlicher.',
  'It does not read the test set itself: start a run with the rows as items.':
    'Er liest die Testdaten nicht selbst: starten Sie einen Lauf mit den Zeilen als Elementen.',
  'Charts are drawn here instead of at quickchart.io: they look a little different, and there is no PDF.':
    'Diagramme entstehen hier statt bei quickchart.io: sie sehen etwas anders aus, und es gibt kein PDF.',
  'Its sample people are others than those of n8n.': 'Seine Beispielmenschen sind andere als die von n8n.',
  'Python is MicroPython here, a subset without packages: try it.':
    'Python ist hier MicroPython, ein Teil davon ohne Pakete: probieren Sie es aus.',
  'It requires "{}", which is not here.': 'Er braucht „{}“, und das gibt es hier nicht.',
  'It sends requests: turn on "Network" in its options.':
    'Er schickt Anfragen: schalten Sie in seinen Optionen „Network“ ein.',
  'It uses a credential, which code never holds: use an HTTP Request node.':
    'Er benutzt Zugangsdaten, und die bekommt Code nie: nehmen Sie einen Schritt HTTP Request.',
};
