import { describe, it } from 'vitest';
import { wordsOf } from './words-of.ts';

describe('names of options as words', () => {
  it('reads options as words', ({ expect }) => {
    const read = ['onReceived', 'javaScript', 'oAuth2', 'httpBearerAuth', 'toJson', 'xlsx', 'GET', 'ISO-8601'].map(
      wordsOf,
    );
    expect(read).toEqual([
      'On received',
      'JavaScript',
      'OAuth2',
      'HTTP bearer auth',
      'To JSON',
      'XLSX',
      'GET',
      'ISO-8601',
    ]);
  });

  it('knows initials, names and what stands between capitals', ({ expect }) => {
    const read = ['oAuth2Api', 'updateAParameterInEachRequest', 'jsonToxml', 'ipv4', 'preferInput1', 'graphql', 'iCal'];
    expect(read.map(wordsOf)).toEqual([
      'OAuth2 API',
      'Update a parameter in each request',
      'JSON to XML',
      'IPv4',
      'Prefer input 1',
      'GraphQL',
      'iCalendar',
    ]);
  });

  it('reads an option that is called like something every object has', ({ expect }) => {
    expect(['constructor', 'valueOf', '__proto__'].map(wordsOf)).toEqual(['Constructor', 'Value of', '__proto__']);
  });
});
