type Child = Node | string | false | undefined;
type Value = string | number | ((event: never) => void);
type Props = Record<string, Value>;

/** Creates an element; a string of properties is its class. `onclick` and the like are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props | string = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(typeof props === 'string' ? { class: props } : props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, `${value}`);
  }
  element.append(...(children.filter(Boolean) as (Node | string)[]));
  return element;
}

/** A button with a word on it, or with a drawing and a name. */
export const button = (onclick: () => void, face: string | Node, props?: Props): HTMLButtonElement =>
  h('button', { type: 'button', onclick, ...props }, face);

/** A line drawing in a square of 24. Built by hand: `innerHTML` is refused by hosts that demand trusted types. */
export function icon(path: string): SVGElement {
  const drawing = shape('svg', 'viewBox', '0 0 24 24');
  drawing.append(shape('path', 'd', path));
  drawing.setAttribute('aria-hidden', 'true');
  return drawing;
}

function shape(name: 'svg' | 'path', attribute: string, value: string): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  element.setAttribute(attribute, value);
  return element;
}

export const icons = {
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12h15M13 6l6 6-6 6',
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7',
};
