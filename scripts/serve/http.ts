// Node's own `http`, taken this way because `import 'node:http'` reads every export, and one of them loads `fetch`:
// 15 MB of a process that is to stay small.
const { createServer, request } = process.getBuiltinModule('node:http');

export { createServer, request };
