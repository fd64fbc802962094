/** What servers that steps talk to did wrong (FTP, SFTP, SSH, IMAP, SMTP, HTTP, tokens), and what runs code, in German. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  // any line of text
  'The server sends endless lines': 'Der Server schickt Zeilen ohne Ende',
  'The server hung up in the middle': 'Der Server hat mittendrin aufgelegt',
  'A value contains a line break': 'Ein Wert enthält einen Zeilenumbruch',
  'The server sent more before TLS began: somebody may be in between':
    'Der Server schickte noch etwas, bevor TLS begann: jemand kann dazwischen sein',
  'Certificates are always checked; turn "Any certificate" off in the credential.':
    'Zertifikate werden immer geprüft; schalten Sie „Jedes Zertifikat“ in den Zugangsdaten aus.',

  // FTP, SFTP, SSH
  'The FTP server refused the user or password: {}': 'Der FTP-Server nahm Benutzer oder Passwort nicht an: {}',
  'The FTP server has no passive mode: {}': 'Der FTP-Server hat keinen passiven Modus: {}',
  'The FTP server hung up': 'Der FTP-Server hat aufgelegt',
  'This is no FTP server; it says {}': 'Das ist kein FTP-Server; er sagt {}',
  'The FTP server does not come to an end': 'Der FTP-Server kommt zu keinem Ende',
  '{} is nested more than {} folders deep.': '{} ist mehr als {} Ordner tief.',
  '{} holds more than {} files.': '{} enthält mehr als {} Dateien.',
  '{} has more than {} bytes.': '{} hat mehr als {} Bytes.',
  'The command printed more than {} bytes.': 'Der Befehl gab mehr als {} Bytes aus.',
  '{} refused the user, password or key.': '{} nahm Benutzer, Passwort oder Schlüssel nicht an.',
  "{} has another host key than the credential's fingerprint says.":
    '{} hat einen anderen Schlüssel, als der Fingerabdruck in den Zugangsdaten sagt.',
  '{}: No such file': '{}: Das gibt es dort nicht',
  '{}: No such file or directory': '{}: Das gibt es dort nicht',
  '{}: Permission denied': '{}: Das ist dort nicht erlaubt',
  '{}: Failure': '{}: Der Server lehnte ab',
  '{}: The connection was closed': '{}: Die Verbindung wurde geschlossen',
  'The connection was closed': 'Die Verbindung wurde geschlossen',
  'The private key: {}': 'Der private Schlüssel: {}',

  // mail
  'This is no IMAP server; it says {}': 'Das ist kein IMAP-Server; er sagt {}',
  'This is no mail server; it says {}': 'Das ist kein Mailserver; er sagt {}',
  'The mail server refused the user or password: {}': 'Der Mailserver nahm Benutzer oder Passwort nicht an: {}',
  'The mail server does not come to an end': 'Der Mailserver kommt zu keinem Ende',
  'The mail server says: {}': 'Der Mailserver sagt: {}',
  'The mail server hung up': 'Der Mailserver hat aufgelegt',
  'The mail server answered to {}: {}': 'Der Mailserver antwortete auf {}: {}',
  'The mail server offers no way to log in that is known here (PLAIN, LOGIN).':
    'Der Mailserver bietet keine Anmeldung an, die es hier gibt (PLAIN, LOGIN).',
  'The mail server cannot take addresses with letters beyond ASCII.':
    'Der Mailserver nimmt keine Adressen mit Buchstaben außerhalb von ASCII.',
  'The mail server takes none of the recipients: {}': 'Der Mailserver nimmt keinen der Empfänger an: {}',
  'The mail has {} bytes; the server takes {}.': 'Die E-Mail hat {} Bytes; der Server nimmt {}.',
  'The mail has no recipient.': 'Die E-Mail hat keinen Empfänger.',
  'The "{}" address is empty.': 'Die Adresse bei „{}“ ist leer.',
  'The "{}" address {} is none.': 'Bei „{}“ ist {} keine Adresse.',
  'The attachments add up to more than {} bytes.': 'Die Anhänge sind zusammen mehr als {} Bytes.',

  // HTTP
  'The server does not speak HTTP': 'Der Server spricht kein HTTP',
  'The server sends endless headers': 'Der Server schickt Header ohne Ende',
  'The server sent a header that is none': 'Der Server schickte einen Header, der keiner ist',
  'The server sent a length that is none': 'Der Server schickte eine Länge, die keine ist',
  'The server sent a chunk that is none': 'Der Server schickte ein Stück, das keines ist',
  'The server hung up before it answered': 'Der Server legte auf, bevor er antwortete',
  'Header {} contains characters that are not allowed': 'Der Header {} enthält Zeichen, die nicht erlaubt sind',
  'The stream told of a failure: {}': 'Die fortlaufende Antwort meldete einen Fehler: {}',
  "Requests cannot be signed with credentials of type '{}'":
    'Mit Zugangsdaten der Art „{}“ lassen sich Anfragen nicht unterschreiben',
  'This credential adds fields to the body, and the body has none: send JSON or a form':
    'Diese Zugangsdaten fügen dem Inhalt Felder hinzu, und er hat keine: senden Sie JSON oder ein Formular',
  'The server wants digest authentication with qop {}': 'Der Server will Digest-Authentifizierung mit qop {}',
  'Not a file id': 'Das ist keine Id einer Datei',
  'The file {} is gone': 'Die Datei {} gibt es nicht mehr',
  'The file is not valid base64': 'Die Datei ist kein gültiges Base64',

  // credentials and their stores
  '{} has no secret {}': '{} hat kein Geheimnis {}',
  '{} answered {} to {}: {}': '{} antwortete {} auf {}: {}',
  '{} is no store of secrets': '{} ist kein Speicher für Geheimnisse',
  'The secret {} of {} has no field {}': 'Das Geheimnis {} von {} hat kein Feld {}',
  'The service no longer takes what signing in with {} brought: sign in again (POST /v1/credentials/{}/connect)':
    'Der Dienst nimmt die Anmeldung von {} nicht mehr an: melden Sie sich erneut an (Zugangsdaten {})',
  'Nobody signed in with the credential {} yet: POST /v1/credentials/{}/connect says where':
    'Mit den Zugangsdaten {} hat sich noch niemand angemeldet: öffnen Sie sie und melden Sie sich an ({})',
  'The credential {} has no access token URL': 'Die Zugangsdaten {} haben keine Adresse für Token',
  'The token server of {} answered {} without a token: {}': 'Der Tokenserver von {} antwortete {} ohne Token: {}',

  // this host
  "Nothing performs effects of kind '{}'": 'Wirkungen der Art „{}“ führt hier nichts aus',
  'The {} effect failed unexpectedly: {}': 'Unerwarteter Fehler bei {}: {}',
  'This host has no isolates to run code in': 'Hier läuft nichts, worin Code ausgeführt werden kann',
  'The code answered with something unreadable': 'Der Code antwortete mit etwas Unlesbarem',
  'Code handles files of at most {} bytes, not {}': 'Code bearbeitet Dateien bis {} Bytes, nicht {}',
  'The code did not finish within {} ms': 'Der Code war nach {} ms nicht fertig',
  'The code returned {} characters; at most {} are allowed':
    'Der Code gab {} Zeichen zurück; höchstens {} sind erlaubt',
  'The code host stopped in the middle': 'Die Maschine, die Code ausführt, hörte mittendrin auf',
  'The code waits for something that never happens': 'Der Code wartet auf etwas, das nie geschieht',
  'There is no item {}': 'Es gibt kein Element {}',
  "Item {} has no file '{}'": 'Element {} hat keine Datei „{}“',
  'Request failed with status code {}': 'Die Anfrage scheiterte mit Status {}',
  "Referenced node doesn't exist: '{}'": 'Den genannten Schritt gibt es nicht: „{}“',
  "Node '{}' hasn't been executed": 'Der Schritt „{}“ ist nicht gelaufen',
  "Node '{}' has no run {}": 'Der Schritt „{}“ hat keinen Durchgang {}',
  "Can't determine which item of node '{}' to use for item {}":
    'Welches Element des Schritts „{}“ zu Element {} gehört, ist nicht festzustellen',
  "Static data is kept under 'global' or 'node', not '{}'":
    'Was zwischen Läufen bleibt, steht unter „global“ oder „node“, nicht „{}“',
  'The request is no line of text': 'Die Anfrage ist keine Zeile Text',
  'The request is too large': 'Die Anfrage ist zu groß',
  'The call has ended': 'Der Aufruf ist zu Ende',
  'Bad code frame': 'Der Code kam nicht heil an',
  'Bad line of a code host': 'Die Maschine, die Code ausführt, schickte etwas Unlesbares',
  'This host keeps no data tables.': 'Hier gibt es keine Datentabellen.',
  'This host runs no queries.': 'Hier laufen keine Abfragen.',
  "There is no transform '{}'.": 'Die Umwandlung „{}“ gibt es nicht.',
};
