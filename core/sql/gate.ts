import { SqlError } from './error.ts';
import { type Token, tokensOf } from './tokens.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words of a query that reads. Whatever else SQLite understands is not said here. */
const KEYWORDS = words(
  'select distinct all from where group by having order asc desc nulls first last limit offset join left right full inner outer cross natural on using as and or not in is null between like glob escape exists case when then else end cast union intersect except with collate over partition rows range groups preceding following unbounded current row filter values isnull notnull true false window distinct exclude ties others no',
);
const STATEMENTS = words(
  'pragma attach detach insert update delete create drop alter vacuum reindex analyze begin commit rollback savepoint release explain returning into recursive trigger index view table set replace indexed materialized match regexp raise',
);
const FUNCTIONS = words(
  'abs avg ceil ceiling char coalesce concat concat_ws count cume_dist date datetime dense_rank first_value floor group_concat ifnull iif instr json json_array json_array_length json_extract json_group_array json_group_object json_object json_type json_valid julianday lag last_value lead length lower ltrim max min mod nth_value ntile nullif percent_rank pow power rank replace round row_number rtrim sign sqrt strftime string_agg substr substring sum time total trim trunc typeof unicode unixepoch upper',
);
/** Types of `CAST(x AS …)`. */
const TYPES = words('integer int real text numeric blob float double varchar char boolean decimal');

const MAX_QUERY_CHARS = 20_000;
const MAX_TOKENS = 4_000;
/** Rows a query could look at: joins without a condition multiply. Some two seconds of SQLite. */
const MAX_LOOKED_AT = 25_000_000;

/**
 * Lets a query through that only reads the tables `input1`, `input2`… and gives it back as it is to be run. The object it
 * runs in holds nothing else, so this is the first of two walls; it also bounds what the query can cost.
 * @throws SqlError
 */
export function gate(sql: string, rowsOf: ReadonlyMap<string, number>): string {
  if (sql.length > MAX_QUERY_CHARS) throw new SqlError(`The query has more than ${MAX_QUERY_CHARS} characters.`);
  const tokens = tokensOf(sql);
  while (tokens.at(-1)?.text === ';') tokens.pop();
  if (tokens.length === 0) throw new SqlError('There is no query.');
  if (tokens.length > MAX_TOKENS) throw new SqlError('The query is too long.');
  const first = wordOf(tokens[0]);
  if (first !== 'select' && first !== 'with' && first !== 'values') {
    throw new SqlError(
      `A query begins with SELECT, not ${JSON.stringify(tokens[0]?.text.slice(0, 40))}: it reads, and changes nothing.`,
    );
  }
  for (const [index, token] of tokens.entries()) check(token, tokens, index);
  const cost = costOf(tokens, rowsOf);
  if (cost > MAX_LOOKED_AT) {
    throw new SqlError(
      `The query could look at more than ${MAX_LOOKED_AT} combinations of rows; filter the inputs before, or join fewer.`,
    );
  }
  const last = tokens.at(-1);
  return sql.slice(0, last === undefined ? 0 : endOf(sql, last));
}

const wordOf = (token: Token | undefined): string | undefined =>
  token?.kind === 'word' ? token.text.toLowerCase() : undefined;

/** Where a token ends in the text; strings and names are longer there than what they say. */
function endOf(sql: string, last: Token): number {
  const rest = sql.slice(last.at);
  if (last.kind === 'string') return last.at + last.text.length;
  if (last.kind !== 'name') return last.at + last.text.length;
  return last.at + (/^(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[[^\]]+\])/.exec(rest)?.[0].length ?? rest.length);
}

function check(token: Token, tokens: readonly Token[], index: number): void {
  if (token.text === ';') throw new SqlError('One query at a time: there is a semicolon in it.');
  if (token.kind !== 'word' && token.kind !== 'name') return;
  const text = token.text.toLowerCase();
  if (
    /^(?:sqlite|pragma|_cf|dbstat|fts|rtree|json_each|json_tree|generate_series)/.test(text) ||
    text.includes('\u0000')
  ) {
    throw new SqlError(`The query may not name ${JSON.stringify(token.text.slice(0, 60))}.`);
  }
  const next = tokens[index + 1]?.text;
  if (next === '(' && !isTableList(tokens, index)) {
    if (FUNCTIONS.has(text) || (token.kind === 'word' && (KEYWORDS.has(text) || TYPES.has(text)))) return;
    throw new SqlError(`There is no function ${token.text.slice(0, 60)}() for queries.`);
  }
  if (token.kind === 'word' && STATEMENTS.has(text)) {
    throw new SqlError(
      `A query has no ${token.text.toUpperCase().slice(0, 40)}; put a name in double quotes if it is one.`,
    );
  }
}

/** `name (a, b) AS (…)` of a WITH: a name, no function. */
function isTableList(tokens: readonly Token[], index: number): boolean {
  const before = wordOf(tokens[index - 1]);
  const isNamed = before === 'with' || (tokens[index - 1]?.text === ',' && closes(tokens, index + 1) !== undefined);
  const end = closes(tokens, index + 1);
  return isNamed && end !== undefined && wordOf(tokens[end + 1]) === 'as' && tokens[end + 2]?.text === '(';
}

/** Index of the bracket that closes the one at `open`. */
function closes(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.text === '(' && tokens[at]?.kind === 'mark') depth++;
    if (tokens[at]?.text === ')' && tokens[at]?.kind === 'mark' && --depth === 0) return at;
  }
  return undefined;
}

/**
 * An upper bound of the row combinations: the product of all tables named, each time they are named; a name of WITH
 * counts as its query.
 */
function costOf(tokens: readonly Token[], rowsOf: ReadonlyMap<string, number>): number {
  const sizes = new Map([...rowsOf].map(([name, rows]) => [name.toLowerCase(), Math.max(1, rows)]));
  const queries: { name: string; tokens: readonly Token[] }[] = [];
  let at = 0;
  if (wordOf(tokens[0]) === 'with') {
    at = 1;
    for (;;) {
      const name = tokens[at]?.text.toLowerCase() ?? '';
      let open = at + 1;
      if (tokens[open]?.text === '(') open = (closes(tokens, open) ?? tokens.length) + 1;
      const end =
        wordOf(tokens[open]) === 'as' && tokens[open + 1]?.text === '(' ? closes(tokens, open + 1) : undefined;
      if (end === undefined) throw new SqlError('WITH is not followed by: name AS (SELECT …).');
      queries.push({ name, tokens: tokens.slice(open + 2, end) });
      at = end + 1;
      if (tokens[at]?.text !== ',') break;
      at++;
    }
  }
  for (const [index, query] of queries.entries()) {
    refuseAhead(query.tokens, new Set(queries.slice(index).map((later) => later.name)));
    sizes.set(query.name, product(query.tokens, sizes));
  }
  refuseAhead(tokens.slice(at), new Set());
  return product(tokens.slice(at), sizes);
}

/**
 * SQLite recurses without RECURSIVE, reads the queries of WITH in any order, and takes a text in quotes for a table's
 * name where one must stand. What is counted here must be all there is.
 */
function refuseAhead(tokens: readonly Token[], notYet: ReadonlySet<string>): void {
  for (const { kind, text } of tablesIn(tokens)) {
    if (kind === 'string') {
      throw new SqlError(`Write the name of a table in double quotes, not as ${text.slice(0, 60)}.`);
    }
    if (!notYet.has(text.toLowerCase())) continue;
    throw new SqlError(`The query ${JSON.stringify(text.slice(0, 60))} is used before it is defined.`);
  }
}

/** What stands where a table does: after FROM, JOIN and IN, and after the commas and brackets of such a list. */
function* tablesIn(tokens: readonly Token[]): Generator<Token> {
  const outer: boolean[] = [];
  let isList = false;
  for (const [index, token] of tokens.entries()) {
    const word = wordOf(token);
    const before = tokens[index - 1];
    const beforeWord = wordOf(before);
    const follows: boolean =
      isList && (before?.kind === 'mark' ? /^[,(]$/.test(before.text) : beforeWord === 'from' || beforeWord === 'join');
    if (token.kind === 'mark') {
      if (token.text === '(') {
        outer.push(isList);
        isList = follows;
      } else if (token.text === ')') isList = outer.pop() ?? false;
    } else if (word === 'from' || word === 'join') isList = true;
    else if (word !== undefined && CLAUSES.has(word)) isList = false;
    else if (token.kind !== 'number' && (follows || beforeWord === 'in')) yield token;
  }
}

/** What ends a list of tables. ON and USING do not: a comma may follow them. */
const CLAUSES = words('select where group having order limit union intersect except window values');

/** Queries joined by UNION and its like add up; everything else multiplies, what stands in brackets included. */
function product(tokens: readonly Token[], sizes: ReadonlyMap<string, number>): number {
  let sum = 0;
  let cost = 1;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const word = wordOf(token);
    if (word === 'with') throw new SqlError('WITH stands at the beginning of a query only.');
    if (word === 'union' || word === 'intersect' || word === 'except') {
      sum += cost;
      cost = 1;
    } else if (token.kind === 'mark' && token.text === '(') {
      const end = closes(tokens, index);
      if (end === undefined) throw new SqlError('A bracket of the query is not closed.');
      cost *= product(tokens.slice(index + 1, end), sizes);
      index = end;
    } else if (token.kind === 'word' || token.kind === 'name') {
      // `input1.name` names a column; so does what follows a dot.
      const isColumn = tokens[index + 1]?.text === '.' || tokens[index - 1]?.text === '.';
      if (!isColumn) cost *= sizes.get(token.text.toLowerCase()) ?? 1;
    }
  }
  return sum + cost;
}
