import { spawn } from 'node:child_process';

export interface Step {
  name: string;
  command: string;
  args: string[];
}
export interface Outcome {
  name: string;
  ok: boolean;
  seconds: number;
  output: string;
}

/** Runs one command; its output is kept, and shown as it comes when asked for. */
export function run(root: string, { name, command, args }: Step, show = false): Promise<Outcome> {
  const startedAtMs = performance.now();
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env['PATH'] ?? ''}` },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    }
    const end = (ok: boolean): void => done({ name, ok, seconds: (performance.now() - startedAtMs) / 1000, output });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
