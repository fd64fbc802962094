import { problemsOf } from '../kit/problem.ts';

const problem = problemsOf({
  'page-foreign': { status: 403, title: 'This form was sent from another site' },
});

/**
 * A page of another site cannot submit in a visitor's name (their login of basic authentication would go along):
 * browsers say where a form was sent from. A program that says nothing has no visitor to impersonate.
 */
export function refuseForeign(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const own = new URL(request.url);
  const isForeign =
    site === null ? origin !== null && hostOf(origin) !== own.host : site !== 'same-origin' && site !== 'none';
  if (isForeign) {
    throw problem('page-foreign', {
      hint: 'Open the form itself and send it from there; programs use a webhook instead.',
    });
  }
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}
