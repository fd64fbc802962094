type Child = Node | string;

export interface Attributes {
  class?: string;
  /** Static ARIA and form attributes. */
  attributes?: Record<string, string>;
  onClick?: () => void;
}

/** An element with children. Strings become text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (options.class) {
    made.className = options.class;
  }
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    made.setAttribute(name, value);
  }
  if (options.onClick) {
    made.addEventListener('click', options.onClick);
  }
  made.append(...children);
  return made;
}

export function button(label: string, onClick: () => void, className = ''): HTMLButtonElement {
  return element('button', { class: className, attributes: { type: 'button' }, onClick }, label);
}
