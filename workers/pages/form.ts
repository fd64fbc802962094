import type { Fault, Submission } from '../../core/forms/answers.ts';
import type { FormField, FormPage } from '../../core/forms/page.ts';
import { MAX_FILE_BYTES } from '../hooks/payload.ts';
import { markup, type Html, trusted } from './html.ts';
import { said } from './reader.ts';
import { sanitize } from './sanitize.ts';
import type { Words } from './words/en.ts';

export interface FormView {
  page: FormPage;
  /** What was answered, or asked for in the address, by field number. */
  values: ReadonlyMap<number, readonly string[]>;
  faults: readonly Fault[];
  /** Names this submission, so that sending it twice is one. */
  key: string;
  /** What a page cannot give back was sent: files, and passwords, which are not written into a page. */
  lost?: { files: boolean; passwords: boolean };
  /** The step whose page this is, on later pages. */
  step?: number | undefined;
  /** What answers it may be anybody's page: only the browser itself can show that. */
  isPlain?: boolean;
}

/** What of a submission has to be given again when its page is shown with faults. */
export const lostOf = ({ fields }: FormPage, sent: Submission): { files: boolean; passwords: boolean } => ({
  files: sent.files.size > 0,
  passwords: fields.some((field, index) => field.kind === 'password' && (sent.values.get(index)?.[0] ?? '') !== ''),
});

const idOf = (index: number): string => `field-${index}`;

/** Author's text: line breaks, and HTML as far as it is allowed. */
export const rich = (text: string): Html => trusted(sanitize(text.replaceAll(/\\n|\r?\n/g, '<br>')));

export function formBody(view: FormView, words: Words): Html {
  const { page, faults } = view;
  const hasFiles = page.fields.some((field) => field.kind === 'file');
  return markup`<main>
    <h1>${said(words, page.title)}</h1>
    ${page.description !== '' && markup`<div class="lead">${rich(page.description)}</div>`}
    ${faults.length > 0 && summary(view, words)}
    <form id="form" method="post" novalidate${view.isPlain === true && markup` data-plain`} data-most="${MAX_FILE_BYTES}" data-toolarge="${words.upload.tooLarge(MAX_FILE_BYTES / 2 ** 20)}" data-sending="${words.upload.sending}" data-working="${words.working}" data-lost="${words.upload.lost}" data-stopped="${words.upload.stopped}" enctype="${hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}">
      <input type="hidden" name="submission" value="${view.key}" />
      ${view.step !== undefined && markup`<input type="hidden" name="step" value="${view.step}" />`}
      ${page.fields.map((field, index) => question(view, { field, index, words }))}
      <button type="submit">${said(words, page.button)}</button>
      <div id="sending" class="sending" hidden>
        <p role="status"></p>
        <progress max="1" aria-label="${words.upload.sending}" hidden></progress>
        <button type="button" class="quiet" hidden>${words.upload.stop}</button>
      </div>
    </form>
  </main>`;
}

function summary({ page, faults, lost }: FormView, words: Words): Html {
  return markup`<div class="summary" role="alert" aria-labelledby="summary" tabindex="-1" autofocus>
    <h2 id="summary">
      ${words.needLook(faults.length)}
    </h2>
    <ul>
      ${faults.map(({ field, message }) => {
        const asked = page.fields[field];
        return markup`<li>
          <a href="#${asked && grouped(asked) ? `${idOf(field)}-0` : idOf(field)}">${said(words, asked?.label ?? '')}: ${message}</a>
        </li>`;
      })}
    </ul>
    ${lost?.files && markup`<p data-again>${words.filesAgain}</p>`}${lost?.passwords && markup`<p data-again>${words.passwordsAgain}</p>`}
  </div>`;
}

const grouped = (field: FormField): boolean => field.kind === 'radio' || field.kind === 'checkbox';

interface Asked {
  field: FormField;
  index: number;
  words: Words;
}

function question(view: FormView, { field, index, words }: Asked): Html {
  const hint = hintOf(field, words);
  const values = view.values.get(index) ?? field.initial;
  if (field.kind === 'hidden') {
    return markup`<input type="hidden" name="${idOf(index)}" value="${values[0] ?? ''}" />`;
  }
  if (field.kind === 'html') return markup`<div class="field">${trusted(sanitize(field.html ?? ''))}</div>`;
  const fault = view.faults.find((each) => each.field === index);
  const notes = [...(hint === '' ? [] : [`${idOf(index)}-hint`]), ...(fault ? [`${idOf(index)}-wrong`] : [])].join(' ');
  const told = markup`${hint !== '' && markup`<span class="hint" id="${idOf(index)}-hint">${hint}</span>`}${
    fault && markup`<span class="wrong" id="${idOf(index)}-wrong">${fault.message}</span>`
  }`;
  const must = field.required && markup` <span class="must">${words.required}</span>`;
  if (grouped(field)) {
    return markup`<fieldset class="field" ${notes !== '' && markup`aria-describedby="${notes}"`}>
      <legend>${said(words, field.label)}${must}</legend>
      ${told} ${field.options.map((option, at) => choice({ field, index, words, option, at, on: values.includes(option) }))}
    </fieldset>`;
  }
  const state = markup`id="${idOf(index)}" name="${idOf(index)}"${field.required && markup` required`}${
    fault && markup` aria-invalid="true"`
  }${notes !== '' && markup` aria-describedby="${notes}"`}`;
  return markup`<div class="field">
    <label class="name" for="${idOf(index)}">${said(words, field.label)}${must}</label>${told} ${control(field, values, { state, words })}
  </div>`;
}

interface Choice extends Asked {
  option: string;
  at: number;
  on: boolean;
}

function choice({ field, index, words, option, at, on }: Choice): Html {
  const required = field.required && field.kind === 'radio' && markup` required`;
  return markup`<label class="choice"><input
      type="${field.kind}"
      id="${idOf(index)}-${at}"
      name="${idOf(index)}"
      value="${option}"${on && markup` checked`}${required}
    />
    <span>${said(words, option)}</span></label>`;
}

function control(field: FormField, values: readonly string[], { state, words }: { state: Html; words: Words }): Html {
  const hint = field.placeholder !== '' && markup` placeholder="${field.placeholder}"`;
  const [value = ''] = values;
  switch (field.kind) {
    case 'textarea':
      // A line break right after the tag is dropped by browsers.
      return markup`<textarea ${state}${hint}>
${value}</textarea>`;
    case 'dropdown':
      return markup`<select ${state}${field.multiple && markup` multiple`}>
        ${!field.multiple && markup`<option value="">${words.choose}</option>`}
        ${field.options.map((option) => markup`<option${values.includes(option) && markup` selected`}>${option}</option>`)}
      </select>`;
    case 'file':
      return markup`<input
        type="file"
        ${state}${field.multiple && markup` multiple`}${
          field.accept !== undefined && field.accept !== '' && markup` accept="${field.accept}"`
        }
      />`;
    case 'password':
      return markup`<input type="password" ${state}${hint} autocomplete="off" />`;
    case 'number':
      return markup`<input type="number" step="any" inputmode="decimal" ${state}${hint} value="${value}" />`;
    case 'email':
      return markup`<input type="email" autocomplete="email" ${state}${hint} value="${value}" />`;
    default:
      return markup`<input type="${field.kind}" ${state}${hint} value="${value}" />`;
  }
}

function hintOf({ least, most, kind, accept = '' }: FormField, words: Words): string {
  if (least !== undefined || most !== undefined) return words.faults.choose(least, most);
  return kind === 'file' && accept !== '' ? words.accepted(accept.split(',').join(', ')) : '';
}
