import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../data/item.ts';
import { ScimError } from './error.ts';
import { parseFilter, parsePatchPath } from './filter.ts';
import { GROUP } from './group.ts';
import { matches } from './match.ts';
import { patch } from './patch.ts';
import { project } from './project.ts';
import { readResource } from './read.ts';
import { USER } from './user.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ADA: JsonObject = {
  id: 'Usr1',
  externalId: 'Ext1',
  userName: 'Ada@Example.com',
  active: true,
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [
    { value: 'ada@example.com', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  meta: { created: '2026-01-02T03:04:05.000Z' },
  [ENTERPRISE]: { department: 'Engines' },
};
const hit = (filter: string, resource: JsonObject = ADA): boolean => matches(USER, resource, parseFilter(filter));
const fault = (work: () => unknown): string | undefined => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return error.scimType;
  }
};

describe('[SCM1] a filter', () => {
  it('is read with its precedence', ({ expect }) => {
    expect(parseFilter('a eq "1" or b eq 2 and not (c pr) and d[e eq true]')).toEqual({
      op: 'or',
      terms: [
        { op: 'eq', path: 'a', value: '1' },
        {
          op: 'and',
          terms: [
            { op: 'eq', path: 'b', value: 2 },
            { op: 'not', term: { op: 'pr', path: 'c' } },
            { op: 'has', path: 'd', filter: { op: 'eq', path: 'e', value: true } },
          ],
        },
      ],
    });
    expect(parseFilter('(a eq "1" or b eq "2") and c PR')).toMatchObject({
      op: 'and',
      terms: [{ op: 'or' }, { op: 'pr' }],
    });
    expect(parseFilter(String.raw`notes eq "or \"and\" \u00e9\\"`)).toEqual({
      op: 'eq',
      path: 'notes',
      value: 'or "and" é\\',
    });
    expect(parseFilter('order eq "1"')).toMatchObject({ path: 'order' });
  });

  it('reads the examples of RFC 7644', ({ expect }) => {
    const examples = [
      'userName eq "bjensen"',
      'name.familyName co "O\'Malley"',
      'userName sw "J"',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
      'title pr',
      'meta.lastModified gt "2011-05-13T04:42:34Z"',
      'title pr and userType eq "Employee"',
      'title pr or userType eq "Intern"',
      'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      'userType eq "Employee" and (emails.type eq "work")',
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    ];
    for (const example of examples) {
      expect(
        fault(() => parseFilter(example)),
        example,
      ).toBe('nothing');
    }
  });
});

describe('[SCM2] a hostile filter', () => {
  it('is refused in a time that does not grow', ({ expect }) => {
    const cases: [string, string][] = [
      ['', 'invalidFilter'],
      ['userName', 'invalidFilter'],
      ['userName eq', 'invalidFilter'],
      ['userName eq bjensen', 'invalidFilter'],
      ["userName eq 'x'", 'invalidFilter'],
      ['userName eq "x', 'invalidFilter'],
      ['userName eq "x" or', 'invalidFilter'],
      ['userName eq "x" userName eq "y"', 'invalidFilter'],
      ['userName eq "x"; DROP TABLE users', 'invalidFilter'],
      ['userName eq "x") or (id pr', 'invalidFilter'],
      ['(userName pr', 'invalidFilter'],
      ['emails[type eq "work"', 'invalidFilter'],
      ['emails[]', 'invalidFilter'],
      ['userName like "x"', 'invalidFilter'],
      ['userName eq "a\nb"', 'invalidFilter'],
      [String.raw`userName eq "\x41"`, 'invalidFilter'],
      ['userName eq {}', 'invalidFilter'],
      ['userName eq 01', 'invalidFilter'],
      ['a eq 1 and '.repeat(70) + 'a eq 1', 'tooMany'],
      ['('.repeat(500) + 'a pr', 'tooMany'],
      ['not ('.repeat(100) + 'a pr', 'tooMany'],
      [`userName eq "${'x'.repeat(2_000)}"`, 'tooMany'],
    ];
    for (const [filter, why] of cases) {
      expect(
        fault(() => parseFilter(filter)),
        filter.slice(0, 80),
      ).toBe(why);
    }
  });

  it('never fails in another way', ({ expect }) => {
    const word = fc.constantFrom(
      'userName',
      'emails',
      'not',
      'and',
      'or',
      'eq',
      'pr',
      '(',
      ')',
      '[',
      ']',
      '"x"',
      '.',
      ':',
      '1e9',
      'null',
      '__proto__',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            expect(typeof matches(USER, ADA, parseFilter(text))).toBe('boolean');
          } catch (error) {
            expect(error).toBeInstanceOf(ScimError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('[SCM3] values', () => {
  it('are compared as their attribute says', ({ expect }) => {
    const yes = [
      'username eq "ADA@example.COM"',
      'id eq "Usr1"',
      'externalId eq "Ext1"',
      'active eq true',
      'name.familyName sw "love"',
      'emails eq "ADA@HOME.example"',
      'emails.type eq "home"',
      'emails[type eq "home" and value ew ".example"]',
      'meta.created gt "2026-01-02T03:04:04Z"',
      'meta.created le "2026-01-02T04:04:05+01:00"',
      `${ENTERPRISE}:department eq "engines"`,
      'nickName eq null',
      'title ne "x"',
      'not (title pr)',
    ];
    for (const filter of yes) expect(hit(filter), filter).toBe(true);
    const no = [
      'id eq "usr1"',
      'externalId eq "ext1"',
      'active eq "true"',
      'active gt false',
      'userName eq true',
      'userName gt 1',
      'emails[type eq "home" and value co "ada@example.com"]',
      'emails[type eq "home"] and emails[type eq "fax"]',
      'meta.created gt "yesterday"',
      'name eq "Ada"',
      'title pr',
    ];
    for (const filter of no) expect(hit(filter), filter).toBe(false);
  });

  it('[SCM4] of attributes that are none match nothing', ({ expect }) => {
    for (const name of [
      'constructor',
      'hasOwnProperty',
      'toString',
      'password',
      'emails.__proto__',
      'name.constructor.name',
      'a.b.c',
    ]) {
      expect(hit(`${name} pr`), name).toBe(false);
      expect(hit(`not (${name} pr)`), name).toBe(true);
    }
    expect(hit('emails[constructor pr]')).toBe(false);
    expect(fault(() => hit('__proto__ pr'))).toBe('invalidFilter');
  });
});

const change = (...operations: Json[]): JsonObject => patch(USER, ADA, { Operations: operations });

describe('[SCM5] PATCH', () => {
  it('adds, replaces and removes', ({ expect }) => {
    expect(change({ op: 'Replace', path: 'active', value: 'False' })).toMatchObject({ active: false });
    expect(
      change({ op: 'replace', value: { active: false, 'name.givenName': 'Augusta', nickName: 'A' } }),
    ).toMatchObject({
      active: false,
      nickName: 'A',
      name: { givenName: 'Augusta', familyName: 'Lovelace' },
    });
    expect(change({ op: 'add', path: 'name', value: { middleName: 'King' } })['name']).toEqual({
      givenName: 'Ada',
      middleName: 'King',
      familyName: 'Lovelace',
    });
    expect(change({ op: 'remove', path: 'name.givenName' })['name']).toEqual({ familyName: 'Lovelace' });
    expect(change({ op: 'remove', path: 'emails[type eq "home"]' })['emails']).toHaveLength(1);
    expect(
      change({ op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' })['emails'],
    ).toMatchObject([{ value: 'new@example.com', primary: true }, { type: 'home' }]);
    expect(
      change({ op: 'replace', path: 'emails[type eq "other"].value', value: 'o@example.com' })['emails'],
    ).toHaveLength(3);
    const extension = { op: 'add', path: `${ENTERPRISE}:manager`, value: '42' };
    expect(change(extension)[ENTERPRISE]).toEqual({ department: 'Engines', manager: { value: '42' } });
    const merged = {
      op: 'replace',
      value: { [ENTERPRISE]: { department: 'Looms' }, [`${ENTERPRISE}:costCenter`]: '7' },
    };
    expect(change(merged)[ENTERPRISE]).toEqual({ department: 'Looms', costCenter: '7' });
  });

  it('moves members of groups in every way the large providers do', ({ expect }) => {
    const team: JsonObject = { displayName: 'Team', members: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] };
    const members = (...operations: Json[]): Json[] => {
      const list = patch(GROUP, team, { Operations: operations })['members'];
      return Array.isArray(list) ? list.map((each) => (each as JsonObject)['value'] ?? null) : [];
    };
    expect(members({ op: 'add', path: 'members', value: [{ value: 'd' }, { value: 'a' }] }).sort()).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(members({ op: 'remove', path: 'members[value eq "b"]' })).toEqual(['a', 'c']);
    expect(members({ op: 'remove', path: 'members', value: [{ value: 'a' }, { value: 'c' }] })).toEqual(['b']);
    expect(members({ op: 'remove', path: 'members' })).toEqual([]);
    expect(members({ op: 'replace', path: 'members', value: [{ value: 'z' }] })).toEqual(['z']);
    expect(members({ op: 'replace', value: { members: ['y'], id: 'other' } })).toEqual(['y']);
    expect(members({ op: 'add', value: { members: [{ value: 'd' }] } })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('[SCM9] is refused whole, and says why', ({ expect }) => {
    const cases: [Json, string][] = [
      [{ op: 'remove', path: 'emails[type eq "fax"]' }, 'noTarget'],
      [{ op: 'replace', path: 'emails[not (type pr)].value', value: 'x' }, 'noTarget'],
      [{ op: 'remove' }, 'noTarget'],
      [{ op: 'move', path: 'active' }, 'invalidSyntax'],
      [{ op: 'add', path: 'emails[', value: 1 }, 'invalidPath'],
      [{ op: 'add', path: '__proto__.polluted', value: 'x' }, 'invalidPath'],
      [{ op: 'add', path: 'constructor', value: 'x' }, 'invalidPath'],
      [{ op: 'add', path: 'userName[value eq "x"]', value: 'x' }, 'invalidPath'],
      [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
      [{ op: 'replace', path: 'groups', value: [] }, 'mutability'],
      [{ op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
      [{ op: 'replace', path: 'userName', value: { a: 1 } }, 'invalidValue'],
      [{ op: 'remove', path: 'userName' }, 'invalidValue'],
      [{ op: 'add', value: 'x' }, 'invalidValue'],
      ['x', 'invalidSyntax'],
    ];
    const before = structuredClone(ADA);
    for (const [operation, why] of cases) {
      const first = { op: 'replace', path: 'title', value: 'changed' };
      expect(
        fault(() => change(first, operation)),
        JSON.stringify(operation),
      ).toBe(why);
    }
    expect(ADA).toEqual(before);
    expect(fault(() => patch(USER, ADA, { Operations: Array<Json>(101).fill({ op: 'remove', path: 'title' }) }))).toBe(
      'tooMany',
    );
    expect(fault(() => patch(USER, ADA, []))).toBe('invalidSyntax');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('[SCM8] leaves one primary value', ({ expect }) => {
    const primaries = (list: Json | undefined): Json[] =>
      (Array.isArray(list) ? list : []).filter((each) => (each as JsonObject)['primary'] === true);
    for (const operation of [
      { op: 'add', path: 'emails', value: [{ value: 'x@example.com', primary: true }] },
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      { op: 'replace', path: 'emails[value pr].primary', value: true },
    ]) {
      expect(primaries(change(operation)['emails']), JSON.stringify(operation)).toHaveLength(1);
    }
    expect(
      primaries(change({ op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' })['emails']),
    ).toMatchObject([{ type: 'home' }]);
  });
});

describe('[SCM6, SCM7] a body', () => {
  it('is read under the names of the schema, without what nobody knows', ({ expect }) => {
    const body = JSON.parse(
      `{"schemas":["x"],"ID":"mine","USERNAME":"ada","Active":"True","groups":[{"value":"g"}],"colour":"red","__proto__":{"a":1},
        "meta":{"created":"x"},"emails":{"value":"a@example.com"},"${ENTERPRISE}":{"Department":"E","x":1},"password":"secret"}`,
    ) as JsonObject;
    expect(readResource(USER, body)).toEqual({
      userName: 'ada',
      active: true,
      emails: [{ value: 'a@example.com' }],
      [ENTERPRISE]: { department: 'E' },
    });
  });

  it('is refused by the path of what is wrong', ({ expect }) => {
    const cases: [Json, RegExp][] = [
      [{ userName: 1 }, /userName must be a text/],
      [{ userName: '' }, /userName is needed/],
      [{}, /userName is needed/],
      [{ userName: 'a', active: 1 }, /active must be/],
      [{ userName: 'a', emails: [{ value: 5 }] }, /emails.value must be a text/],
      [{ userName: 'a', name: 'x' }, /name must be an object/],
      [{ userName: 'x'.repeat(2_001) }, /2000 characters/],
      [[], /JSON object/],
      [{ userName: 'a', emails: Array<Json>(5_001).fill({ value: 'x' }) }, /5000 values/],
    ];
    for (const [body, why] of cases) expect(() => readResource(USER, body)).toThrow(why);
  });
});

describe('a projection', () => {
  it('keeps what was asked for, and always the id', ({ expect }) => {
    expect(project(USER, ADA, { attributes: ['userName', 'name.givenName', 'emails.value', '__proto__'] })).toEqual({
      id: 'Usr1',
      userName: 'Ada@Example.com',
      name: { givenName: 'Ada' },
      emails: [{ value: 'ada@example.com' }, { value: 'ada@home.example' }],
    });
    const rest = project(USER, ADA, { excluded: ['id', 'emails', 'name.givenName', `${ENTERPRISE}:department`] });
    expect(rest).toMatchObject({ id: 'Usr1', name: { familyName: 'Lovelace' }, [ENTERPRISE]: {} });
    expect(rest).not.toHaveProperty('emails');
    expect(ADA).toHaveProperty('emails');
  });
});

describe('a path', () => {
  it('is an attribute, with or without a choice and a part', ({ expect }) => {
    expect(parsePatchPath('emails[type eq "work"].value')).toMatchObject({ path: 'emails', sub: 'value' });
    expect(parsePatchPath(`${ENTERPRISE}:manager.value`)).toEqual({ path: `${ENTERPRISE}:manager.value` });
  });
});
