import { textOf } from '../data/text.ts';
import type { Json } from '../data/item.ts';
import { getPath } from '../data/path.ts';
import type { Scope } from '../expression/scope.ts';
import type { WorkflowNode } from '../graph/document.ts';
import type { CompileKit } from '../node/kit.ts';
import { fieldsOf } from './fields.ts';
import type { EndPage, FirstPage, FormPage } from './page.ts';

const FORM_FALLBACK_TITLE = 'Form';

/** Where a form is reached, as its node says: a slug of its own, else the webhook's id. */
export function formPathOf(node: WorkflowNode): string {
  const at = (...path: string[]): string => textOf(getPath(node.parameters, path));
  const path = (at('options', 'path') || at('path'))
    .replace(/^=/, '')
    .trim()
    .replace(/^\/+|\/+$/g, '');
  return path || (node.webhookId ?? node.id);
}

/** A page's questions: fields listed in the node, or JSON. */
export function compileQuestions(kit: CompileKit): (scope: Scope) => FormPage['fields'] {
  const isJson = kit.raw('defineForm') === 'json';
  const fields = kit.param<Json>(isJson ? 'jsonOutput' : 'formFields', isJson ? '[]' : {});
  return (scope) => fieldsOf(fields.at(scope));
}

/** The first page of a form and what follows it. */
export function compileFirstPage(kit: CompileKit): (scope: Scope) => FirstPage {
  const questions = compileQuestions(kit);
  const title = kit.param('formTitle', '');
  const description = kit.param('formDescription', '');
  const button = kit.param('options.buttonLabel', 'Submit');
  const css = kit.param('options.customCss', '');
  const ending = kit.param<Json>('options.respondWithOptions.values', {});
  const plain = kit.param('options.formSubmittedText', '');
  const mode = kit.raw('responseMode');
  return (scope) => {
    const style = textOf(css.at(scope));
    const page: FormPage = {
      title: textOf(title.at(scope), FORM_FALLBACK_TITLE),
      description: textOf(description.at(scope)),
      button: textOf(button.at(scope), 'Submit'),
      fields: questions(scope),
      attribution: kit.raw('options.appendAttribution') !== false,
      ...(style === '' ? {} : { css: style }),
    };
    return {
      page,
      answers: mode === 'lastNode' ? 'finished' : mode === 'responseNode' ? 'replied' : 'submitted',
      end: endingOf(ending.at(scope), textOf(plain.at(scope)), page),
      localTime: kit.raw('options.useWorkflowTimezone') === true,
      zone: scope.zone,
    };
  };
}

function endingOf(values: Json | undefined, plain: string, page: FormPage): EndPage {
  const at = (name: string): string => textOf(getPath(values, [name]));
  if (at('respondWith') === 'redirect' && at('redirectUrl') !== '') return { kind: 'redirect', url: at('redirectUrl') };
  return {
    kind: 'message',
    title: page.title,
    message: at('formSubmittedText') || plain || 'Your response has been recorded',
    ...(page.css === undefined ? {} : { css: page.css }),
  };
}
