import { describe, it } from 'vitest';
import { checkParameters } from '../../core/node/check.ts';
import { CREDENTIAL_TYPES } from '../../core/credentials/registry.generated.ts';
import { parseWorkflow } from '../../core/graph/validate.ts';
import { importN8n } from '../../core/interop/n8n/index.ts';
import { DOCUMENT } from '../../web/text/said/document.de.ts';
import { EXPRESSION } from '../../web/text/said/expression.de.ts';
import { IMPORT } from '../../web/text/said/import.de.ts';
import { partsOf } from '../../web/text/said/parts.ts';
import { OUTSIDE } from '../../web/text/said/outside.de.ts';
import { RUN } from '../../web/text/said/run.de.ts';
import { OPERATIONS } from '../../web/text/operations.de.ts';
import { translate } from '../../web/text/said/sentences.de.ts';
import { phraseIn } from '../../workers/kit/phrases.ts';
import { de as pages } from '../../workers/pages/words/de.ts';
import { endWords } from '../../workers/sign-in/words.ts';
import { everyRoute } from '../served/contracts.ts';
import { sentencesOfFailures, sentencesOfTheApi, sentencesOfTheCore } from './refusal-sentences.ts';

const PLACES = [
  'core/conditions',
  'core/engine',
  'core/expression',
  'core/graph',
  'core/interop',
  'core/node',
  'core/sql',
];

/** In no page: what JavaScript itself says (an expression is empty then), bugs of ours, code, and what stands around other texts. */
const ELSEWHERE =
  /^(Reduce of empty array|A map needs|The number of digits|Cannot (convert|use)|Object\.assign needs|URLSearchParams needs|The value is not (a constructor|iterable)|Right-hand side|\{\}:\{\}:\{\} GMT|"\{\}" (after the end|but the step)|It supplies another node\. \{\}$|CREATE TABLE|INSERT INTO|\{\}\nreturn)/;

const german = (text: string): string => translate(text.replaceAll('{}', '7')) ?? '';

describe('[REF3] what documents, expressions, imports and the engine say', () => {
  it('is known in German, every sentence of the sources', ({ expect }) => {
    const sentences = sentencesOfTheCore(PLACES).filter(({ text }) => !ELSEWHERE.test(text));
    expect(sentences.length).toBeGreaterThan(180);
    const missing = sentences.filter(({ text }) => german(text.trim()) === '');
    expect([...new Set(missing.map(({ text, file }) => `${file}: ${text}`))]).toEqual([]);
  });

  it('keeps every value', ({ expect }) => {
    const all = Object.entries({ ...DOCUMENT, ...EXPRESSION, ...IMPORT, ...RUN, ...OUTSIDE });
    const count = (text: string): number => text.match(/\{\d?\}/g)?.length ?? 0;
    // an endpoint is named to programs only
    const lost = all.filter(([from, to]) => count(from) < count(to) || (count(from) > 0 && count(to) === 0));
    expect(lost).toEqual([]);
  });

  it('is German in the faults of a document, as they come', ({ expect }) => {
    const node = { id: 'a', name: 'A', type: 'set', version: 1, parameters: {}, position: [0, 0] };
    const bad = {
      schema: 1,
      name: '',
      nodes: [node, { ...node, name: 'B', position: 'here' }],
      edges: [
        { from: { node: 'gone', port: 'main', index: 0 }, to: { node: 'a', port: 'main', index: 0 } },
        { from: { node: 'a', port: 'main', index: -1 }, to: { node: 'a', port: 'main', index: 0 } },
      ],
      settings: { timezone: 'Berlin' },
      notes: 7,
      pinned: [{ node: 'gone', items: [] }],
      extra: true,
    };
    const parsed = parseWorkflow(bad);
    const said = parsed.ok ? [] : parsed.problems.flatMap(({ message, hint }) => [message, ...(hint ? [hint] : [])]);
    expect(said.length).toBeGreaterThan(6);
    expect(
      said.map((text) => partsOf(text, translate)).filter((parts) => parts.some((each) => each.isForeign)),
    ).toEqual([]);
    expect(said.map(german).join(' ')).not.toMatch(/\b(the|is|expected|found|missing|list|number)\b/i);
  });

  it('is German in the form of a step and in the report of an import', ({ expect }) => {
    const [problem] = checkParameters([{ name: 'url', label: 'URL', type: 'string' }], { url: '={{ 1 + }}' });
    expect([problem?.message ?? '', problem?.hint ?? ''].map(german)).toEqual([
      'So ist das kein Ausdruck: das wird hier nicht erwartet',
      'Bei Zeichen 8: ein Ausdruck steht zwischen {{ und }}.',
    ]);
    const node = { name: 'A', type: 'n8n-nodes-base.unheardOf', typeVersion: 1, position: [0, 0], parameters: {} };
    const { workflows } = importN8n({ nodes: [node, node], connections: {} }, { types: new Map() });
    const reason = workflows[0]?.report.nodes[1]?.reason ?? '';
    expect(partsOf(reason, translate).map(({ text }) => text)).toEqual([
      'Für Schritte dieser Art gibt es hier noch nichts.',
      'Er heißt jetzt anders: jeden Namen darf es nur einmal geben, mit höchstens 1 kB.',
    ]);
  });

  it('leaves names that people gave as they are, also where a credential has a field called so', ({ expect }) => {
    expect(translate('The node User has not been executed')).toBe('Der Schritt User ist nicht gelaufen');
    expect(translate("'Value' is no number")).toBe('„Value“ ist keine Zahl');
    expect(translate('User')).toBe('Name');
  });

  it('says that a sentence nobody translated is English, and only that one', ({ expect }) => {
    expect(partsOf('It has a new address. It also sings.', translate)).toEqual([
      { text: 'Er hat eine neue Adresse.', isForeign: false },
      { text: 'It also sings.', isForeign: true },
    ]);
  });
});

describe('[REF8] what other servers and code fail with', () => {
  it('is known in German, every sentence of the sources', ({ expect }) => {
    const said = sentencesOfFailures(['workers/executor', 'workers/code-host', 'workers/transforms', 'workers/vault']);
    expect(said.length).toBeGreaterThan(80);
    const missing = said.filter(({ text }) => german(text.trim()) === '');
    expect([...new Set(missing.map(({ text, file }) => `${file}: ${text}`))]).toEqual([]);
  });

  it('keeps what the other side said as it said it', ({ expect }) => {
    expect(translate('The FTP server refused the user or password: 530 Login incorrect.')).toBe(
      'Der FTP-Server nahm Benutzer oder Passwort nicht an: 530 Login incorrect.',
    );
    expect(translate('The mail server answered to MAIL: 452 Too many')).toBe(
      'Der Mailserver antwortete auf MAIL: 452 Too many',
    );
    expect(translate('/out/a.csv: No such file')).toBe('/out/a.csv: Das gibt es dort nicht');
  });
});

describe('[REF4] what the API calls its parts', () => {
  it('is known in German: every operation, and none that is gone', async ({ expect }) => {
    const routes = (await everyRoute()).map(({ area, name }) => `${area}.${name}`);
    expect(Object.keys(OPERATIONS).sort()).toEqual(routes.sort());
  });
});

describe('[REF5] pages of people who are no members', () => {
  it('tell them in German what is wrong, with its details', ({ expect }) => {
    const details = sentencesOfTheApi(['workers/pages']).filter(({ kind }) => kind === 'detail');
    expect(details.length).toBeGreaterThan(5);
    expect(details.map(({ text }) => text).filter((text) => phraseIn(pages.details, text) === undefined)).toEqual([]);
    expect(phraseIn(pages.details, 'Send at most 5 files.')).toBe('Höchstens 5 Dateien auf einmal.');
  });

  it('say in German how signing in to a service ended', ({ expect }) => {
    expect(endWords({ ok: true, text: 'Mail is connected. You can close this window.' }, 'de')).toEqual({
      title: 'Verbunden',
      text: 'Mail ist verbunden. Sie können dieses Fenster schließen.',
    });
    expect(endWords({ ok: false, text: 'The service said: access_denied' }, 'de')).toEqual({
      title: 'Nicht verbunden',
      text: 'Der Dienst sagte: access_denied',
    });
  });
});

describe('[REF7] types of credentials', () => {
  it('are described in German, with all their fields', ({ expect }) => {
    const said = CREDENTIAL_TYPES.flatMap(({ summary, fields }) => [
      summary,
      ...fields.flatMap(({ label, description }) => (description === undefined ? [label] : [label, description])),
    ]);
    expect(said.length).toBeGreaterThan(100);
    expect([...new Set(said)].filter((text) => partsOf(text, translate).some(({ isForeign }) => isForeign))).toEqual(
      [],
    );
  });
});
