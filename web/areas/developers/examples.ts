/** One request as every language writes it. */
export interface Call {
  method: string;
  url: string;
  /** As JSON; undefined: none is sent. */
  body?: unknown;
  /** A file is sent as it is, which these examples call so. */
  file?: string;
}

export type Language = 'curl' | 'javascript' | 'python' | 'go';
export const LANGUAGES: readonly { id: Language; text: string }[] = [
  { id: 'curl', text: 'curl' },
  { id: 'javascript', text: 'JavaScript' },
  { id: 'python', text: 'Python' },
  { id: 'go', text: 'Go' },
];

// The key is never written out: every example reads it from the environment.

const shell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const indent = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);

function curl({ method, url, body, file }: Call): string {
  const lines = [`curl -X ${method} ${shell(url)}`, `-H "Authorization: Bearer $MILLRACE_KEY"`];
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d ${shell(JSON.stringify(body))}`);
  if (file !== undefined) lines.push(`-H 'Content-Type: application/octet-stream'`, `--data-binary @${shell(file)}`);
  return lines.join(' \\\n  ');
}

function javascript({ method, url, body, file }: Call): string {
  const headers = ['Authorization: `Bearer ${process.env.MILLRACE_KEY}`,'];
  if (body !== undefined) headers.push("'Content-Type': 'application/json',");
  if (file !== undefined) headers.push("'Content-Type': 'application/octet-stream',");
  const lines = [
    ...(file === undefined ? [] : ["import { readFile } from 'node:fs/promises';", '']),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    '  headers: {',
    ...headers.map((each) => `    ${each}`),
    '  },',
    ...(body === undefined ? [] : [`  body: JSON.stringify(${indent(JSON.stringify(body, undefined, 2), '  ')}),`]),
    ...(file === undefined ? [] : [`  body: await readFile(${JSON.stringify(file)}),`]),
    '});',
    'console.log(response.status, await response.text());',
  ];
  return lines.join('\n');
}

/** JSON as Python writes it: the same but for three words. */
function pythonValue(value: unknown, by = ''): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${by}    `;
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[]'
      : `[\n${value.map((each) => `${deeper}${pythonValue(each, deeper)},\n`).join('')}${by}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([name, each]) => `${deeper}${JSON.stringify(name)}: ${pythonValue(each, deeper)},\n`);
  return `{\n${lines.join('')}${by}}`;
}

function python({ method, url, body, file }: Call): string {
  const lines = [
    `import ${body === undefined ? '' : 'json, '}os, urllib.request`,
    '',
    'request = urllib.request.Request(',
    `    ${JSON.stringify(url)},`,
    `    method=${JSON.stringify(method)},`,
    '    headers={',
    '        "Authorization": "Bearer " + os.environ["MILLRACE_KEY"],',
    ...(body === undefined ? [] : ['        "Content-Type": "application/json",']),
    ...(file === undefined ? [] : ['        "Content-Type": "application/octet-stream",']),
    '    },',
    ...(body === undefined ? [] : [`    data=json.dumps(${pythonValue(body, '    ')}).encode(),`]),
    ...(file === undefined ? [] : [`    data=open(${JSON.stringify(file)}, "rb").read(),`]),
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    print(response.status, response.read().decode())',
  ];
  return lines.join('\n');
}

/** A raw literal of Go ends at a backquote, which cannot stand in it. */
const goText = (text: string): string => (text.includes('`') ? JSON.stringify(text) : `\`${text}\``);

function go({ method, url, body, file }: Call): string {
  const imports = ['"fmt"', '"io"', '"net/http"', '"os"', ...(body === undefined ? [] : ['"strings"'])];
  const sent =
    file !== undefined ? 'file' : body === undefined ? 'nil' : `strings.NewReader(${goText(JSON.stringify(body))})`;
  const lines = [
    'package main',
    '',
    'import (',
    ...imports.map((each) => `\t${each}`),
    ')',
    '',
    'func main() {',
    ...(file === undefined
      ? []
      : [`\tfile, err := os.Open(${JSON.stringify(file)})`, '\tif err != nil {', '\t\tpanic(err)', '\t}']),
    `\trequest, _ := http.NewRequest(${JSON.stringify(method)}, ${JSON.stringify(url)}, ${sent})`,
    '\trequest.Header.Set("Authorization", "Bearer "+os.Getenv("MILLRACE_KEY"))',
    ...(body === undefined ? [] : ['\trequest.Header.Set("Content-Type", "application/json")']),
    ...(file === undefined ? [] : ['\trequest.Header.Set("Content-Type", "application/octet-stream")']),
    '\tresponse, err := http.DefaultClient.Do(request)',
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    '\tdefer response.Body.Close()',
    '\ttext, _ := io.ReadAll(response.Body)',
    '\tfmt.Println(response.StatusCode, string(text))',
    '}',
  ];
  return lines.join('\n');
}

const WRITERS: Readonly<Record<Language, (call: Call) => string>> = { curl, javascript, python, go };

export const exampleIn = (language: Language, call: Call): string => WRITERS[language](call);
