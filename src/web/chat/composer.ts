import { button, h, icon, icons } from './dom.js';
import { dirOf, languageOf, type Language } from './texts.js';

export interface ComposerActions {
  say(text: string): void;
  file(file: File): void;
}

export interface Composer {
  element: HTMLElement;
  input: HTMLTextAreaElement;
  /** Offers the right keyboard or picker for what the last message asks. */
  expect(type: string): void;
  note(sentence: string): void;
}

/** `inputmode` by type of step; anything else gets the ordinary keyboard. */
const keyboards: Record<string, string> = {
  number: 'decimal',
  money: 'decimal',
  'saudi-id': 'numeric',
  'saudi-mobile': 'tel',
  contact: 'tel',
};

export function createComposer({ text, locale }: Language, actions: ComposerActions): Composer {
  const label = text('placeholder');
  const input = h('textarea', {
    rows: 1,
    enterkeyhint: 'send',
    placeholder: label,
    'aria-label': label,
    oninput: resize,
    onkeydown: type,
  });
  const file = h('input', { type: 'file', hidden: '', onchange: pick });
  const attach = button(() => file.click(), icon(icons.attach), { class: 'tool', 'aria-label': text('attach') });
  const date = h('input', { type: 'date', 'aria-label': text('date'), hidden: '', onchange: () => fill(date.value) });
  const note = h('p', { class: 'note', role: 'status' });
  const send = button(submit, icon(icons.send), { class: 'tool send', 'aria-label': text('send') });

  /** The field grows with its text. An empty one keeps the direction of its placeholder. */
  function resize(): void {
    input.style.height = '';
    input.style.height = `${input.scrollHeight + 2}px`;
    input.dir = input.value && dirOf(languageOf(input.value, locale));
  }

  function fill(value: string): void {
    input.value = value;
    resize();
    input.focus();
  }

  function submit(): void {
    const said = input.value.trim();
    fill('');
    if (said) actions.say(said);
  }

  function type(event: KeyboardEvent): void {
    // 229: the Enter that ends a word of an input method, in browsers that do not say so otherwise.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  }

  function pick(): void {
    const chosen = file.files?.[0];
    if (chosen) actions.file(chosen);
    file.value = '';
  }

  return {
    element: h('div', 'composer', note, date, attach, file, input, send),
    input,
    expect(step) {
      const mode = keyboards[step] ?? '';
      input.inputMode = mode;
      input.autocomplete = mode === 'tel' ? mode : 'off';
      date.hidden = step !== 'date';
      file.accept = step === 'attachments' ? 'image/*,application/pdf' : '';
      attach.classList.toggle('send', !!file.accept);
    },
    note: (sentence) => (note.textContent = sentence),
  };
}
