import { AndFilter, EqualityFilter, ExtensibleFilter, FilterParser, NotFilter, OrFilter } from 'ldapts';
import type { Filter } from 'ldapts';
import { LdapError } from './error.ts';

const MAX_CHARS = 2_000;
const MAX_BRACKETS = 100;

/**
 * A filter with a gap, ready for a value: `(&(objectClass=person)(uid={{username}}))` (LDP1).
 * @throws LdapError `ldap-config`.
 */
export function filterWith(template: string, name: string): (value: string) => Filter {
  const gap = `{{${name}}}`;
  const filter = parsed(template);
  const gaps = gapsIn(filter, gap).length;
  // A gap anywhere else (in a name, in a part of a value) would be sent as it stands.
  const mentioned = filter.toString().split(gap).length - 1;
  if (gaps === 0 || mentioned !== gaps) {
    throw new LdapError('ldap-config', `The filter must compare something with ${gap}, and with nothing around it`);
  }
  return (value) => {
    const fresh = parsed(template);
    for (const each of gapsIn(fresh, gap)) each.value = value;
    return fresh;
  };
}

function parsed(template: string): Filter {
  const text = template.trim().replaceAll(/\)\s+(?=[()])/g, ')');
  if (text.length > MAX_CHARS || text.split('(').length > MAX_BRACKETS) {
    throw new LdapError('ldap-config', `A filter may have ${MAX_CHARS} characters and ${MAX_BRACKETS} parts`);
  }
  try {
    return FilterParser.parseString(text);
  } catch {
    throw new LdapError(
      'ldap-config',
      'The filter cannot be read; write it like (&(objectClass=person)(uid={{username}}))',
    );
  }
}

/** Comparisons whose whole value is the gap. */
function gapsIn(filter: Filter, gap: string): { value: string }[] {
  if (filter instanceof AndFilter || filter instanceof OrFilter) {
    return filter.filters.flatMap((each) => gapsIn(each, gap));
  }
  if (filter instanceof NotFilter) return gapsIn(filter.filter, gap);
  const holds = filter instanceof EqualityFilter || filter instanceof ExtensibleFilter;
  return holds && filter.value === gap ? [filter] : [];
}
