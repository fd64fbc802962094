import { useMemo } from 'react';
import { runningType } from '../../core/graph/binding.ts';
import type { Workflow } from '../../core/graph/document.ts';
import type { Field } from '../../core/node/field.ts';
import type { Catalog, Ports } from '../canvas/node-types.ts';
import { labelAt } from '../canvas/node-words.ts';
import { useTexts } from '../text/index.tsx';
import { useSaidText } from '../text/said/index.tsx';
import { problemsOf, type StepProblem } from './problems-of.ts';

/** The first thing wrong with each step, by its id, in the reader's language. */
export function useFaults(workflow: Workflow, ports: Ports | undefined, catalog: Catalog): ReadonlyMap<string, string> {
  const say = useSaidText();
  const { panel } = useTexts();
  return useMemo(() => {
    const said = ({ node, message, missing }: StepProblem): string => {
      const type = missing === undefined ? undefined : catalog.get(runningType(node));
      // the server knows its label in English. SAFETY: fields of the registry, as data
      const label =
        type && missing !== undefined
          ? labelAt(type.fields as unknown as readonly Field[], node.parameters, missing)
          : undefined;
      return label === undefined ? say(message) : panel.missing(label);
    };
    return new Map([...problemsOf(workflow, ports)].map(([id, problem]) => [id, said(problem)]));
  }, [workflow, ports, catalog, say, panel]);
}
