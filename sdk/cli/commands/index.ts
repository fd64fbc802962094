import type { Command } from '../command.ts';
import { command as audit } from './audit.ts';
import { command as cancel } from './cancel.ts';
import { command as exportFile } from './export.ts';
import { command as importFiles } from './import.ts';
import { command as login } from './login.ts';
import { command as mails } from './mails.ts';
import { command as publish } from './publish.ts';
import { command as rerun } from './rerun.ts';
import { command as run } from './run.ts';
import { command as runs } from './runs.ts';
import { command as tail } from './tail.ts';
import { command as validate } from './validate.ts';
import { command as vault } from './vault.ts';
import { command as workflows } from './workflows.ts';

/** In the order of help: first what needs no server. */
export const COMMANDS: readonly Command[] = [
  run,
  validate,
  login,
  importFiles,
  exportFile,
  workflows,
  publish,
  runs,
  tail,
  rerun,
  cancel,
  audit,
  mails,
  vault,
];
