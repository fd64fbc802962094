import { textOf } from '../../data/text.ts';
import type { EndPage } from '../../forms/page.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError, type StepContext } from '../../node/kit.ts';
import { fileOf } from '../../node/transform.ts';

/** The page an ending keeps. */
export function compileEnding(kit: CompileKit): (step: StepContext, scope: Scope) => EndPage {
  const mode = textOf(kit.raw('respondWith'), 'text');
  const param = (name: string) => {
    const value = kit.param(name, '');
    return (scope: Scope) => textOf(value.at(scope));
  };
  const title = param('completionTitle');
  const message = param('completionMessage');
  const pageTitle = param('options.formTitle');
  const ownTitle = param('options.completionTitle');
  const css = param('options.customCss');
  const shown = (scope: Scope) => {
    const tab = ownTitle(scope) || pageTitle(scope);
    return {
      title: title(scope) || 'Done',
      message: message(scope),
      ...(tab === '' ? {} : { pageTitle: tab }),
      ...(css(scope) === '' ? {} : { css: css(scope) }),
    };
  };
  switch (mode) {
    case 'text':
      return (_step, scope) => ({ kind: 'message', ...shown(scope) });
    case 'redirect': {
      const url = param('redirectUrl');
      return (_step, scope) => ({ kind: 'redirect', url: addressOf(url(scope)) });
    }
    case 'showText': {
      const html = param('responseText');
      return (_step, scope) => ({ kind: 'text', html: html(scope) });
    }
    case 'returnBinary': {
      const name = kit.param('inputDataFieldName', 'data');
      return (step, scope) => {
        const [item] = step.items;
        const wanted = textOf(name.at(scope), 'data');
        const only = Object.keys(item?.binary ?? {});
        const chosen = only.length === 1 && kit.raw('inputDataFieldName') === undefined ? (only[0] ?? wanted) : wanted;
        return { kind: 'file', ...shown(scope), file: fileOf(item ?? { json: {} }, chosen, 0) };
      };
    }
    default:
      throw new NodeError('unknown-mode', `A form cannot end with "${mode}".`);
  }
}

function addressOf(url: string): string {
  if (/^https?:\/\/[^\s]+$/i.test(url)) return url;
  throw new NodeError('bad-url', `The form cannot lead to ${JSON.stringify(url.slice(0, 200))}.`, {
    description: 'Give a whole address that starts with https:// or http://.',
  });
}
