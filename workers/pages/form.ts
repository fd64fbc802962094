import type { Fault } from '../../core/forms/answers.ts';
import type { FormField, FormPage } from '../../core/forms/page.ts';
import { markup, type Html, trusted } from './html.ts';
import { sanitize } from './sanitize.ts';

export interface FormView {
  page: FormPage;
  /** What was answered, or asked for in the address, by field number. */
  values: ReadonlyMap<number, readonly string[]>;
  faults: readonly Fault[];
  /** Names this submission, so that sending it twice is one. */
  key: string;
  /** The step whose page this is, on later pages. */
  step?: number | undefined;
}

const idOf = (index: number): string => `field-${index}`;

/** Author's text: line breaks, and HTML as far as it is allowed. */
export const rich = (text: string): Html => trusted(sanitize(text.replaceAll(/\\n|\r?\n/g, '<br>')));

export function formBody(view: FormView): Html {
  const { page, faults } = view;
  const hasFiles = page.fields.some((field) => field.kind === 'file');
  return markup`<main>
    <h1>${page.title}</h1>
    ${page.description !== '' && markup`<div class="lead">${rich(page.description)}</div>`}
    ${faults.length > 0 && summary(view)}
    <form method="post" novalidate enctype="${hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}">
      <input type="hidden" name="submission" value="${view.key}" />
      ${view.step !== undefined && markup`<input type="hidden" name="step" value="${view.step}" />`}
      ${page.fields.map((field, index) => question(view, field, index))}
      <button type="submit">${page.button}</button>
    </form>
  </main>`;
}

function summary({ page, faults }: FormView): Html {
  const files = page.fields.some((field) => field.kind === 'file');
  return markup`<div class="summary" role="alert" aria-labelledby="summary" tabindex="-1" autofocus>
    <h2 id="summary">
      ${faults.length === 1 ? 'One answer needs another look' : `${faults.length} answers need another look`}
    </h2>
    <ul>
      ${faults.map(({ field, message }) => {
        const asked = page.fields[field];
        return markup`<li>
          <a href="#${asked && grouped(asked) ? `${idOf(field)}-0` : idOf(field)}">${asked?.label ?? ''}: ${message}</a>
        </li>`;
      })}
    </ul>
    ${files && markup`<p>Files have to be chosen again.</p>`}
  </div>`;
}

const grouped = (field: FormField): boolean => field.kind === 'radio' || field.kind === 'checkbox';

function question(view: FormView, field: FormField, index: number): Html {
  const values = view.values.get(index) ?? field.initial;
  if (field.kind === 'hidden') {
    return markup`<input type="hidden" name="${idOf(index)}" value="${values[0] ?? ''}" />`;
  }
  if (field.kind === 'html') return markup`<div class="field">${trusted(sanitize(field.html ?? ''))}</div>`;
  const fault = view.faults.find((each) => each.field === index);
  const notes = [
    ...(hintOf(field) === '' ? [] : [`${idOf(index)}-hint`]),
    ...(fault ? [`${idOf(index)}-wrong`] : []),
  ].join(' ');
  const told = markup`${hintOf(field) !== '' && markup`<span class="hint" id="${idOf(index)}-hint">${hintOf(field)}</span>`}${
    fault && markup`<span class="wrong" id="${idOf(index)}-wrong">${fault.message}</span>`
  }`;
  const must = field.required && markup` <span class="must">(required)</span>`;
  if (grouped(field)) {
    return markup`<fieldset class="field" ${notes !== '' && markup`aria-describedby="${notes}"`}>
      <legend>${field.label}${must}</legend>
      ${told} ${field.options.map((option, at) => choice({ field, index, option, at, on: values.includes(option) }))}
    </fieldset>`;
  }
  const state = markup`id="${idOf(index)}" name="${idOf(index)}"${field.required && markup` required`}${
    fault && markup` aria-invalid="true"`
  }${notes !== '' && markup` aria-describedby="${notes}"`}`;
  return markup`<div class="field">
    <label class="name" for="${idOf(index)}">${field.label}${must}</label>${told} ${control(field, values, state)}
  </div>`;
}

interface Choice {
  field: FormField;
  index: number;
  option: string;
  at: number;
  on: boolean;
}

function choice({ field, index, option, at, on }: Choice): Html {
  const required = field.required && field.kind === 'radio' && markup` required`;
  return markup`<label class="choice"><input
      type="${field.kind}"
      id="${idOf(index)}-${at}"
      name="${idOf(index)}"
      value="${option}"${on && markup` checked`}${required}
    />
    <span>${option}</span></label>`;
}

function control(field: FormField, values: readonly string[], state: Html): Html {
  const hint = field.placeholder !== '' && markup` placeholder="${field.placeholder}"`;
  const [value = ''] = values;
  switch (field.kind) {
    case 'textarea':
      // A line break right after the tag is dropped by browsers.
      return markup`<textarea ${state}${hint}>
${value}</textarea>`;
    case 'dropdown':
      return markup`<select ${state}${field.multiple && markup` multiple`}>
        ${!field.multiple && markup`<option value="">Choose…</option>`}
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

function hintOf(field: FormField): string {
  const { least, most } = field;
  if (least !== undefined && least === most) return `Choose exactly ${least}.`;
  const parts = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ];
  if (parts.length > 0) return `Choose ${parts.join(' and ')}.`;
  return field.kind === 'file' && (field.accept ?? '') !== ''
    ? `Accepted: ${(field.accept ?? '').split(',').join(', ')}`
    : '';
}
