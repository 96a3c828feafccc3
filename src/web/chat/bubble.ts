import { attachmentView } from './attachments.js';
import { button, h } from './dom.js';
import { richText } from './rich-text.js';
import { dirOf, languageOf, type Language } from './texts.js';
import type { Entry } from './wire.js';

export interface BubbleActions {
  retry: (entry: Entry) => void;
  withdraw: (entry: Entry) => void;
}

export const timeOf = ({ activity }: Entry): Date => new Date(activity.timestamp ?? Date.now());

/** One line of the conversation, drawn anew whenever it changes. */
export function bubble(entry: Entry, language: Language, actions: BubbleActions): HTMLLIElement {
  const { text, locale } = language;
  const { own, state = '' } = entry;
  const { text: said = '', attachments = [], from } = entry.activity;
  const lang = languageOf(said, locale);
  const staff = from?.id === 'staff';
  return h(
    'li',
    { class: `line ${own ? 'own' : ''} ${state}` },
    // Who speaks, for those who do not see on which side the bubble is; that it is a person, for all.
    h('span', staff ? 'who' : 'vh', own ? text('you') : staff ? text('staff') : text('bot'), ': '),
    h(
      'div',
      'bubble',
      said && h('p', { dir: dirOf(lang), lang }, ...richText(said)),
      ...attachments.map((attachment) => attachmentView(attachment, text)),
      h('div', 'foot', ...foot(entry, language, actions)),
    ),
  );
}

function foot(entry: Entry, { text, time }: Language, { retry, withdraw }: BubbleActions): (Node | string)[] {
  const { state, progress: value } = entry;
  if (value !== undefined) {
    const bar = h('progress', { value, 'aria-label': text('sending') });
    return [bar, button(() => withdraw(entry), text('cancel'))];
  }
  if (state === 'refused') return [text('refused')];
  if (state === 'failed') return [text('failed'), button(() => retry(entry), text('retry'))];
  return [state === 'sending' ? text('sending') : time(timeOf(entry))];
}
