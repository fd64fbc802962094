import { describe, it } from 'vitest';
import { ExpressionError } from './index.ts';
import { evaluate } from './testing.ts';

/** Behaviour n8n's documentation shows, by type: expression → value in the zone Europe/Berlin. */
const DOCUMENTED: Record<string, [string, unknown][]> = {
  string: [
    ['"me@example.com".extractDomain()', 'example.com'],
    [`"It's me@example.com".extractEmail().extractDomain()`, 'example.com'],
    ['"Check out http://n8n.io/workflows".extractUrl().extractUrlPath()', '/workflows'],
    ['"hello".hash()', '5d41402abc4b2a76b9719d911017c592'],
    ['"hello".hash("ripemd160")', '108f07b8382412612c048d07d13f814118445acd'],
    [`"It's me@example.com".isEmail()`, false],
    ['"123E23".isNumeric()', true],
    [`'Nathan says "hi"'.quote()`, '"Nathan says \\"hi\\""'],
    ['"*bold*, [link]()".removeMarkdown()', 'bold, link'],
    ['"<b>bold</b>, <a>link</a>".removeTags()', 'bold, link'],
    ['"déjà".replaceSpecialChars()', 'deja'],
    ['"1711732132990".toDateTime().toISO()', '2024-03-29T18:08:52.990+01:00'],
    ['"20240329".toDateTime().toISODate()', '2024-03-29'],
    ['"Fri, 29 Mar 2024 18:08:01 +0100".toDateTime().toMillis()', 1711732081000],
    ['"1.23E10".toNumber()', 12300000000],
    ['"quick! brown FOX".toSentenceCase()', 'Quick! Brown fox'],
    ['"quick brown $FOX".toSnakeCase()', 'quick_brown_fox'],
    ['"quick a brown FOX".toTitleCase()', 'Quick a Brown Fox'],
    ['"i am a test".toTitleCase()', 'I Am a Test'],
    ['"the end of the well-known story to".toTitleCase()', 'The End of the Well-Known Story To'],
    ['"see http://a.b: a note, by the way".toTitleCase()', 'See http://a.b: a Note, by the Way'],
    ['"name%3DNathan%20Automat".urlDecode()', 'name=Nathan Automat'],
    ['"name%3DNathan%20Automat".urlDecode(true)', 'name%3DNathan Automat'],
    ['"name=Nathan Automat".urlEncode(true)', 'name=Nathan%20Automat'],
    ['["True", "1", "no", "FALSE", "0", ""].map(text => text.toBoolean())', [true, true, false, false, false, false]],
  ],
  number: [
    ['[(0).isEmpty(), (10).isEmpty(), (NaN).isEmpty(), (0).isNotEmpty()]', [true, false, true, false]],
    ['(123456.789).format("de-DE")', '123.456,789'],
    [
      '[(1.256).round(1), (1.256).round(2), (-1.5).round(), (2.5).round(), (1.005).round(2), (1250).round(-2)]',
      [1.3, 1.26, -2, 3, 1, 1300],
    ],
    ['(-1.7).abs() + (1.234).ceil() + (1.234).floor()', 4.7],
    ['(1708695471).toDateTime("s").toISO()', '2024-02-23T14:37:51.000+01:00'],
    ['(45345).toDateTime("excel").toISO()', '2024-02-23T01:00:00.000+01:00'],
    ['(500000.125).toString(16)', '7a120.2'],
  ],
  boolean: [
    ['[true.isEmpty(), false.isEmpty(), null.isEmpty(), true.isNotEmpty()]', [false, true, true, true]],
    ['true.toNumber() + false.toNumber()', 1],
    ['true.toString()', 'true'],
  ],
  array: [
    ['["forget", "me"].append("not", 1)', ['forget', 'me', 'not', 1]],
    ['[1, 2, 3, 4, 5].chunk(2)', [[1, 2], [3, 4], [5]]],
    ['[2, null, 1, ""].compact()', [2, 1]],
    ['[1, 2, 3].difference([2, 3])', [1]],
    ['[{a: 1, b: 2}, {a: 3}, {c: 1}, 5].pluck("a", "b")', [[1, 2], 3]],
    ['[{name: "Nathan", age: 42}, {name: "Jan", city: "Berlin"}].pluck("age")', [42]],
    ['[{a: 1, b: 2}, {a: 1, b: 3}, {a: 1, b: 2}].removeDuplicates("a")', [{ a: 1, b: 2 }]],
    [
      '[{a: 1, b: 2}, {a: 1, b: 3}, {a: 1, b: 2}].removeDuplicates("a, b")',
      [
        { a: 1, b: 2 },
        { a: 1, b: 3 },
      ],
    ],
    ['[{name: "bob"}, {name: "meg"}].renameKeys("name", "x")', [{ x: 'bob' }, { x: 'meg' }]],
    [
      '[{field: "age", value: 2}, {field: "city", value: "Berlin"}].smartJoin("field", "value")',
      { age: 2, city: 'Berlin' },
    ],
    ['["Jan", "Mar"].toSpliced(1, 0, "Feb")', ['Jan', 'Feb', 'Mar']],
    ['["don\'t", "make", "me", "do", "this"].toSpliced(1, 2)', ["don't", 'do', 'this']],
    ['[1, 2, 3].toSpliced(-1)', [1, 2]],
    ['["quick", "brown", "quick"].unique()', ['quick', 'brown']],
  ],
  object: [
    ['({x: null, y: 2, z: ""}).compact()', { y: 2 }],
    ['({name: "Mr Nathan", city: "hanoi"}).urlEncode()', 'name=Mr+Nathan&city=hanoi'],
    ['({name: "Mr Nathan", city: "hanoi", age: 42}).keepFieldsContaining("han")', { name: 'Mr Nathan', city: 'hanoi' }],
    ['({name: "Mr Nathan", city: "hanoi", age: 42}).removeFieldsContaining("han")', { age: 42 }],
    ['({a: 1}).merge({a: 2, b: 3})', { a: 1, b: 3 }],
  ],
  dateTime: [
    ['$now.zone.zoneName + $now.zone.valid', 'Europe/Berlintrue'],
    ['$now.toLocaleString({dateStyle: "medium", timeStyle: "short"}).replace("\u202f", " ")', 'Nov 23, 2026, 9:29 AM'],
    ['$now.setLocale("de-DE").toLocaleString({dateStyle: "long"})', '23. November 2026'],
    ['"2024-04-30T18:49".toDateTime().format("HH \'hours and\' mm \'minutes\'")', '18 hours and 49 minutes'],
    ['"2024-03-20T18:49".toDateTime().startOf("week", {useLocaleWeeks: true}).toISODate()', '2024-03-17'],
    ['"2024-03-20T18:49".toDateTime().endOf("month").day', 31],
    ['"2024-03-30T18:49".toDateTime().set({year: 1982, month: 10}).toISODate()', '1982-10-30'],
    ['"2024-01-01T00:00:00.000+02:00".toDateTime().setZone("UTC+7").toISO()', '2024-01-01T05:00:00.000+07:00'],
    ['$now.plus(1, "day").toRelative({unit: "hours"})', 'in 24 hours'],
    ['$now.plus(1, "day").toRelative({locale: "es"})', 'dentro de 1 día'],
    ['"2024-03-30T18:49".toDateTime().isBetween("2020-06-01", $now)', true],
    ['new Date("2024-03-30T18:49Z").toDateTime().plus(5, "days").toUTC().toISO()', '2024-04-04T17:49:00.000Z'],
    ['$now.hasSame($today, "day") && !$now.equals($today)', true],
    [
      '[$now.weekNumber, $now.quarter, $now.weekdayLong, $now.isInDST, $now.monthShort]',
      [48, 4, 'Monday', false, 'Nov'],
    ],
    ['$now.toUTC(60, {keepLocalTime: true}).toISO()', '2026-11-23T09:29:45.724+01:00'],
  ],
};

/** The rest of luxon, of Intl, URL and JSON that expressions can call. */
const LIBRARY: [string, unknown][] = [
  ['Interval.fromISO("2024-01-01/2024-01-11").splitBy({days: 5}).length', 2],
  ['Interval.fromISO("2024-01-01/2024-01-03").union(Interval.fromISO("2024-01-03/2024-01-05")).length("days")', 4],
  ['Interval.merge([Interval.fromISO("2024-01-01/P2D"), Interval.fromISO("2024-01-02/P2D")])[0].count("days")', 3],
  [
    'Interval.fromISO("2024-01-01/P4D").splitAt("2024-01-02", "2024-01-03").map(part => part.length("days"))',
    [1, 1, 2],
  ],
  ['Interval.fromISO("2024-01-01/P4D").mapEndpoints(end => end.plus({days: 1})).start.day', 2],
  ['Interval.fromISO("2024-01-01/P4D").engulfs(Interval.fromISO("2024-01-02/P1D"))', true],
  ['Interval.fromISO("2024-01-01/P4D").set({end: "2024-01-02"}).length("days")', 1],
  ['Interval.fromISO("2024-01-01/P4D").lastDateTime.day', 4],
  ['Duration.fromISO("P1DT2H").mapUnits(value => value * 2).toISO()', 'P2DT4H'],
  ['Duration.fromMillis(90000).shiftTo("minutes", "seconds").toObject()', { minutes: 1, seconds: 30 }],
  ['Duration.fromObject({hours: 1, minutes: 0}).removeZeros().toISOTime()', '01:00:00.000'],
  ['DateTime.fromFormat("20240131101112123", "yyyyMMddHHmmssSSS").toISO()', '2024-01-31T10:11:12.123+01:00'],
  ['$now.toLocaleString(DateTime.DATE_MED_WITH_WEEKDAY)', 'Mon, Nov 23, 2026'],
  ['new Intl.NumberFormat("de-DE", {style: "currency", currency: "EUR"}).format(1234.5)', '1.234,50\u00a0€'],
  ['Intl.DateTimeFormat("en-GB").format(new Date(0))', '01/01/1970'],
  ['new Intl.ListFormat("en", {type: "conjunction"}).format(["a", "b", "c"])', 'a, b, and c'],
  ['new Intl.PluralRules("en").select(1) + new Intl.Collator("de").compare("a", "b")', 'one-1'],
  ['new URL("/c?d=1#e", "https://a.b/x").href', 'https://a.b/c?d=1#e'],
  [
    '(({hostname, pathname, searchParams}) => [hostname, pathname, searchParams.get("d")])(new URL("https://a.b:8/c?d=1"))',
    ['a.b', '/c', '1'],
  ],
  [
    '(() => { const u = new URL("https://a.b"); u.searchParams.set("q", "x y"); return String(u) })()',
    'https://a.b/?q=x+y',
  ],
  ['[...new URLSearchParams("a=1&b=2")].map(([name, value]) => name + value)', ['a1', 'b2']],
  ['`${new URLSearchParams({a: "1&2", b: 3})}`', 'a=1%262&b=3'],
  ['JSON.stringify({u: new URL("https://a.b/")})', '{"u":"https://a.b/"}'],
  ['new URL("no url")', undefined],
  ['new URL("https://a.b").constructor', undefined],
  ['URL.canParse("x:")', true],
  [
    '[(42).hasOwnProperty("x"), "ab".hasOwnProperty("length"), "ab".hasOwnProperty("2"), true.hasOwnProperty("a")]',
    [false, true, false, false],
  ],
  ['[...new Set([1, 2]).symmetricDifference(new Set([2, 3]))]', [1, 3]],
  [
    'new Set([1]).isSubsetOf(new Set([1, 2])) && new Set([1, 2]).isSupersetOf(new Set([1])) && new Set([1]).isDisjointFrom(new Set([2]))',
    true,
  ],
  ['[/a/gi.ignoreCase, /a/m.multiline, /a/s.dotAll, /a/y.sticky, /a/.ignoreCase]', [true, true, true, true, false]],
  [
    '(() => { const a = {b: [1, new Date(5)]}; const c = structuredClone(a); c.b.push(2); return [a.b.length, c.b.length, c.b[1] - a.b[1]] })()',
    [2, 3, 0],
  ],
  ['(() => { try { decodeURIComponent("%") } catch (e) { return e instanceof URIError } })()', true],
  ['Object.groupBy([1, 2, 3], n => n % 2 ? "odd" : "even")', { odd: [1, 3], even: [2] }],
  [
    'JSON.stringify({a: 1, b: {c: 2, d: "x"} }, (key, value) => typeof value === "number" ? value + 1 : value)',
    '{"a":2,"b":{"c":3,"d":"x"}}',
  ],
  [
    'JSON.parse("[1, {\\"a\\": 2, \\"b\\": 3}]", (key, value) => key === "b" ? undefined : typeof value === "number" ? value * 10 : value)',
    [10, { a: 20 }],
  ],
];

describe('documented functions', () => {
  for (const [type, cases] of Object.entries(DOCUMENTED)) {
    for (const [code, expected] of cases) {
      it(`[EXP30] ${type}: ${code}`, ({ expect }) => {
        expect(evaluate(code, { zone: 'Europe/Berlin' })).toEqual(expected);
      });
    }
  }

  it('[EXP30] a text that cannot be parsed is an error', ({ expect }) => {
    expect(() => evaluate(`"{'a': 1}".parseJson()`)).toThrow("Parsing failed. Check you're using double quotes");
    expect(() => evaluate('"nothing".parseJson()')).toThrow('Parsing failed');
    expect(() => evaluate('"abc".toNumber()')).toThrow('no number');
  });

  for (const [code, expected] of LIBRARY) {
    it(`[EXP8] ${code}`, ({ expect }) => {
      expect(evaluate(code, { zone: 'Europe/Berlin' })).toEqual(expected);
    });
  }
});

describe('what slow functions cost', () => {
  it('[EXP23] a date format that could be read in exponentially many ways is refused', ({ expect }) => {
    for (const format of ['Hm'.repeat(14), "y'1'".repeat(12), 'zT'.repeat(9), 'y'.repeat(1100)]) {
      expect(() => evaluate(`DateTime.fromFormat("${'1'.repeat(60)}x", ${JSON.stringify(format)})`)).toThrow(
        ExpressionError,
      );
      expect(() => evaluate(`"${'1'.repeat(60)}x".toDateTime(${JSON.stringify(format)})`)).toThrow(ExpressionError);
    }
  });
});
