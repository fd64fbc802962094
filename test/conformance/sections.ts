import type { Collection } from './collection.ts';
import { checkExpression } from './expression-cases.ts';
import { checkFilter } from './filter-cases.ts';
import { CaseHost } from './host.ts';
import { newImports, type Imports, tallyFile } from './import-cases.ts';
import { runNodeCase } from './node-cases.ts';
import { runOrderCase } from './order-cases.ts';

export interface Section {
  cases: number;
  passed: number;
  failed: { id: string; why: string }[];
}

export interface Results {
  conformance: Section;
  engine: Section;
  expressions: Section;
  filter: Section;
  imports: Imports;
}

export const SECTIONS = ['conformance', 'engine', 'expressions', 'filter'] as const;

type Check = () => string | undefined | Promise<string | undefined>;
type Progress = (section: string, done: number, of: number) => void;

/** Runs every case of a collection, one after the other: they share the process of authors' code. */
export async function runSections(found: Collection, progress: Progress): Promise<Results> {
  const host = new CaseHost();
  const section = async (name: string, checks: readonly (readonly [id: string, check: Check])[]): Promise<Section> => {
    const made: Section = { cases: checks.length, passed: 0, failed: [] };
    for (const [id, check] of checks) {
      const why = await check();
      if (why === undefined) made.passed++;
      else made.failed.push({ id, why });
      progress(name, made.passed + made.failed.length, checks.length);
    }
    return made;
  };
  try {
    return {
      conformance: await section(
        'conformance',
        found.conformance.map((each) => [each.id, () => runNodeCase(each, host)] as const),
      ),
      engine: await section('engine', [
        ...found.orders.map((each) => [each.id, () => runOrderCase(each, host)] as const),
        ...found.errors.map((each) => [each.id, () => runNodeCase(each, host)] as const),
      ]),
      expressions: await section(
        'expressions',
        found.expressions.map((each) => [each.id, () => checkExpression(each)] as const),
      ),
      filter: await section(
        'filter',
        found.filter.map((each) => [each.id, () => checkFilter(each)] as const),
      ),
      imports: tallyAll(found, progress),
    };
  } finally {
    host.close();
  }
}

function tallyAll({ workflows }: Collection, progress: Progress): Imports {
  const imports = newImports();
  for (const file of workflows) {
    tallyFile(imports, file);
    progress('imports', imports.tally.files, workflows.length);
  }
  return imports;
}
