import { textOf } from '../data/text.ts';
import type { Json } from '../data/item.ts';
import type { Scope } from '../expression/scope.ts';
import type { CompileKit } from '../node/kit.ts';
import type { FormPage } from './page.ts';
import { compileQuestions } from './trigger.ts';

/** A page in the middle of a run, of a Form or a Wait node. Without a title it is shown under that of the first page. */
export function compilePage(kit: CompileKit): (scope: Scope) => FormPage {
  const questions = compileQuestions(kit);
  // A Form node keeps these among its options, a Wait node beside the fields.
  const param = (name: string) =>
    kit.param<Json>(kit.raw(`options.${name}`) === undefined ? name : `options.${name}`, '');
  const [title, description, button, css] = ['formTitle', 'formDescription', 'buttonLabel', 'customCss'].map(param);
  return (scope) => {
    const style = textOf(css?.at(scope));
    return {
      title: textOf(title?.at(scope)),
      description: textOf(description?.at(scope)),
      button: textOf(button?.at(scope)) || 'Submit',
      fields: questions(scope),
      attribution: kit.raw('options.appendAttribution') !== false,
      ...(style === '' ? {} : { css: style }),
    };
  };
}
