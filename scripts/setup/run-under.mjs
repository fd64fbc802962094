// Runs on Node 20: continues this program under another Node.
import { spawn } from 'node:child_process';

/** Flags that keep the resident launcher small and quiet. */
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1'];

/** Runs `node args` in this terminal, passes signals on, and settles with its exit code. */
export function runUnder(node, args, options = {}) {
  // The IPC channel is not for messages: the child sees it close when this process is killed, and stops.
  const child = spawn(node, [...NODE_FLAGS, ...args], { stdio: [0, 1, 2, 'ipc'], ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((done) => {
    child.on('exit', (code) => done(code ?? 1));
    child.on('error', (error) => {
      process.stderr.write(`millrace: could not run ${node}: ${error.message}\n`);
      done(1);
    });
  });
}
