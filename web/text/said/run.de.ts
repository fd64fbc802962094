/** Why steps fail, as the engine and what goes out for it say (`core`, `workers/executor`), and the same in German. */
export const RUN: Readonly<Record<string, string>> = {
  'The node of this step is not in the version.': 'Diesen Schritt gibt es in der Version nicht.',
  'The node gave more than {} MB of data.': 'Der Schritt ergab mehr als {} MB Daten.',
  'Keep fewer fields, or work on fewer items at once with a Loop node.':
    'Behalten Sie weniger Felder, oder bearbeiten Sie mit einer Schleife weniger Elemente auf einmal.',
  'The node wants to keep more than {} KB for later runs.':
    'Der Schritt will mehr als {} KB für spätere Läufe behalten.',
  'Keep ids or times only, or clear the old ones.': 'Behalten Sie nur Ids oder Zeiten, oder räumen Sie alte weg.',
  'This node suspended but does not say how to go on.': 'Dieser Schritt wartet und sagt nicht, wie es weitergeht.',
  'This version has no node number {}.': 'Diese Version hat keinen Schritt Nummer {}.',
  'The node gave data of more than {} levels.': 'Der Schritt ergab Daten von mehr als {} Ebenen.',
  'Flatten it, or keep it as text with JSON.stringify.':
    'Machen Sie sie flacher, oder behalten Sie sie mit JSON.stringify als Text.',
  'A transform left calls undone': 'Eine Umwandlung wurde nicht fertig',
  'What is in the files is too much for the items of one step.':
    'Was in den Dateien steht, ist zu viel für die Elemente eines Schritts.',
  'At most about {} MB of JSON: read a part (rows, range), or fewer files.':
    'Höchstens etwa {} MB JSON: lesen Sie einen Teil (Zeilen, Bereich) oder weniger Dateien.',
  'The file {} is too large to work on: the limit is {} MiB.': 'Die Datei {} ist zu groß: die Grenze ist {} MiB.',
  'The items are too much to work on in one step.': 'Die Elemente sind zu viel für einen Schritt.',
  'At most about {} MB of JSON: take them in batches with a loop.':
    'Höchstens etwa {} MB JSON: nehmen Sie sie mit einer Schleife portionsweise.',
  'This item has no binary data named {}.': 'Dieses Element hat keine Datei namens {}.',
  'There is no comparison "{}" for the type "{}".': 'Den Vergleich „{}“ gibt es für die Art „{}“ nicht.',
  "Wrong type: '{}' is {} but was expecting {} {}": 'Falsche Art: „{}“ ist {}, erwartet wurde {} {}',
  "Conversion error: the {} '{}' can't be converted to {} {}": '{} „{}“ lässt sich nicht umwandeln in {} {}',
  'Compare as another type, convert the value first, or let the node convert types where required.':
    'Vergleichen Sie als andere Art, wandeln Sie den Wert vorher um, oder lassen Sie den Schritt umwandeln.',
  'Compare as another type or convert the value first.':
    'Vergleichen Sie als andere Art, oder wandeln Sie den Wert vorher um.',
  '"{}" is not a regular expression that can be used here.': '„{}“ ist kein regulärer Ausdruck, der hier geht.',

  'The workflow {} has no node to start at.': 'Der Ablauf {} hat keinen Schritt, bei dem er anfängt.',
  'Replaced by {}.': 'Ersetzt durch {}.',
  'The node did not finish within {} ms.': 'Der Schritt war nach {} ms nicht fertig.',
  'The run took longer than its workflow allows.': 'Der Lauf dauerte länger, als sein Ablauf erlaubt.',
  'Repeated by hand.': 'Von Hand wiederholt.',
  'Given up: the effect may have happened, its outcome is unknown.':
    'Aufgegeben: vielleicht ist es geschehen; wie es ausging, ist unbekannt.',
  'The calling run ended as {}.': 'Der aufrufende Lauf endete als {}.',
  'Stopped after {} steps: the workflow seems to go round without end. Raise settings.maxSteps if it is meant to.':
    'Nach {} Schritten beendet: der Ablauf dreht sich anscheinend ohne Ende im Kreis. Soll er das, erhöhen Sie settings.maxSteps.',
  'It takes too long or too much memory at once. Give it fewer items, for instance with a Loop node.':
    'Es dauert zu lange oder braucht zu viel Speicher auf einmal. Geben Sie ihm weniger Elemente, etwa mit einer Schleife.',

  // queries
  'The items of {} have more than {} different fields; keep those the query needs.':
    'Die Elemente von {} haben mehr als {} verschiedene Felder; behalten Sie, was die Abfrage braucht.',
  'A field of {} has a name no column can have: {}.':
    'Ein Feld von {} hat einen Namen, den keine Spalte haben kann: {}.',
  'The query has more than {} characters.': 'Die Abfrage hat mehr als {} Zeichen.',
  'There is no query.': 'Die Abfrage fehlt.',
  'The query is too long.': 'Die Abfrage ist zu lang.',
  'A query begins with SELECT, not {}: it reads, and changes nothing.':
    'Eine Abfrage beginnt mit SELECT, nicht {}: sie liest und ändert nichts.',
  'The query could look at more than {} combinations of rows; filter the inputs before, or join fewer.':
    'Die Abfrage sähe mehr als {} Kombinationen von Zeilen an; filtern Sie vorher, oder verbinden Sie weniger.',
  'One query at a time: there is a semicolon in it.': 'Eine Abfrage auf einmal: darin steht ein Semikolon.',
  'The query may not name {}.': 'Die Abfrage darf {} nicht nennen.',
  'There is no function {}() for queries.': 'Die Funktion {}() gibt es in Abfragen nicht.',
  'A query has no {}; put a name in double quotes if it is one.':
    'Abfragen haben kein {}; einen Namen setzen Sie in doppelte Anführungszeichen.',
  'WITH is not followed by: name AS (SELECT …).': 'Auf WITH folgt nicht: name AS (SELECT …).',
  'Write the name of a table in double quotes, not as {}.':
    'Schreiben Sie den Namen einer Tabelle in doppelten Anführungszeichen, nicht als {}.',
  'The query {} is used before it is defined.': 'Die Abfrage {} wird benutzt, bevor es sie gibt.',
  'WITH stands at the beginning of a query only.': 'WITH steht nur am Anfang einer Abfrage.',
  'A bracket of the query is not closed.': 'Eine Klammer der Abfrage ist nicht geschlossen.',
  'A query takes {} inputs at most.': 'Eine Abfrage nimmt höchstens {} Eingaben.',
  'The answer is more than {} rows or {} MB; add a condition or a LIMIT.':
    'Die Antwort hat mehr als {} Zeilen oder {} MB; fügen Sie eine Bedingung oder ein LIMIT hinzu.',
  'The query cannot be read at {}.': 'Die Abfrage ist bei {} nicht zu lesen.',

  // what goes out
  'The credential {} may not be sent to {}; its domains are {}':
    'Die Zugangsdaten {} dürfen nicht an {} gehen; ihre Domains sind {}',
  'The credential is gone': 'Die Zugangsdaten gibt es nicht mehr',
  'The credential {} was changed meanwhile': 'Die Zugangsdaten {} haben sich inzwischen geändert',
  'The credential was changed meanwhile': 'Die Zugangsdaten haben sich inzwischen geändert',
  'Request failed with status {}{}{}': 'Die Anfrage scheiterte mit Status {}{}{}',
  'The response body is not valid JSON. Set the response format to text to see it: {}':
    'Die Antwort ist kein gültiges JSON. Stellen Sie das Format auf Text, um sie zu sehen: {}',
  'The responses of this node add up to more than {} bytes; ask for less, or for files':
    'Die Antworten dieses Schritts sind zusammen mehr als {} Bytes; fragen Sie nach weniger oder nach Dateien',
  '{} could not be resolved': '{} ist nicht zu finden',
  '{} answered with more than {} bytes': '{} antwortete mit mehr als {} Bytes',
  '{} resolves to an address that may not be reached': '{} hat eine Adresse, die nicht erreicht werden darf',
  '{} could not be reached: {}': '{} war nicht zu erreichen: {}',
  '{} redirected more than {} times': '{} leitete mehr als {} Mal weiter',
  '{} redirected from https to http': '{} leitete von https auf http um',
  '{} redirected to something that is no URL': '{} leitete auf etwas um, das keine URL ist',
  '{} redirected a body that holds a credential elsewhere': '{} leitete Zugangsdaten anderswohin um',
  '{} took longer than {} ms': '{} brauchte länger als {} ms',
  '{} sent more than {} bytes': '{} schickte mehr als {} Bytes',
  '{} is on the deny list': '{} ist verboten',
  '{} is not on the list of what may be reached': '{} ist nicht unter dem, was erreicht werden darf',
  '{} is a {} address; list it in the egress settings to allow it':
    '{} ist eine Adresse der Art {}; erlauben Sie sie unter „Ausgehender Verkehr“',
  '{} is a name of the local network; list it in the egress settings to allow it':
    '{} ist ein Name des eigenen Netzes; erlauben Sie ihn unter „Ausgehender Verkehr“',
  '{} is a local or metadata name': '{} ist ein Name dieser Maschine',
  '{} is not a host name': '{} ist kein Name eines Hosts',
  'Not a host name: {}': 'Das ist kein Name eines Hosts: {}',
  '{} has no address': '{} hat keine Adresse',
  '{} resolves to a {} address': '{} hat eine Adresse der Art {}',
  '{} resolves to an address on the deny list': '{} hat eine verbotene Adresse',
  'The URL contains control characters': 'Die URL enthält Steuerzeichen',
  'The URL contains a backslash': 'Die URL enthält einen umgekehrten Schrägstrich',
  'Not a URL: {}. It must start with http:// or https://':
    'Das ist keine URL: {}. Sie beginnt mit http:// oder https://',
  'Only http and https are allowed, not {}': 'Nur http und https gehen, nicht {}',
  'The URL must have exactly two slashes before the host': 'Vor dem Host stehen genau zwei Schrägstriche',
  'The URL contains a user name or password; use an Authorization header or a credential':
    'Die URL enthält einen Namen oder ein Passwort; nehmen Sie Zugangsdaten',
  'The URL has no host': 'Die URL hat keinen Host',
  'Port {} is not for HTTP': 'Der Port {} ist nicht für HTTP',
  'Port {} is not for {}': 'Der Port {} ist nicht für {}',
  'The code held its thread or memory beyond the limit and was stopped':
    'Der Code brauchte zu viel Zeit oder Speicher und wurde beendet',
  'This node may not reach the network': 'Dieser Schritt darf nicht ins Netz',
  'The work on this item took too long or too much memory and was stopped.':
    'Die Arbeit an diesem Element brauchte zu viel Zeit oder Speicher und wurde beendet.',
  'Give the node less at once: a smaller picture, fewer rows or pages, or several smaller files.':
    'Geben Sie dem Schritt weniger auf einmal: ein kleineres Bild, weniger Zeilen oder Seiten, mehrere kleine Dateien.',
};
