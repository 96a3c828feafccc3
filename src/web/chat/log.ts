import { bubble, timeOf, type BubbleActions } from './bubble.js';
import { button, h } from './dom.js';
import type { Language } from './texts.js';
import type { Entry, WireAction } from './wire.js';

export interface LogActions extends BubbleActions {
  choose(action: WireAction): void;
}

export interface LogView {
  elements: HTMLElement[];
  /** Draws a line that is new or has changed. */
  show(entry: Entry): void;
  /** Says a new message once, in the only live region: the log itself is not one, or all would be read twice. */
  announce(entry: Entry): void;
  /** Content in place of the conversation, while there is none. */
  instead(...content: Node[]): void;
}

const announcedForMs = 20_000;

export function createLog(language: Language, actions: LogActions): LogView {
  const { text } = language;
  const list = h('ol');
  const replies = h('div', { class: 'replies', role: 'group', 'aria-label': text('replies') });
  const empty = h('div', 'empty');
  const live = h('div', { class: 'vh', 'aria-live': 'polite' });
  const log = h(
    'div',
    { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': text('log'), tabindex: 0 },
    empty,
    list,
    replies,
  );
  const lines = new Map<Entry, HTMLElement>();
  let lastDay = '';

  function append(entry: Entry, line: HTMLElement): void {
    const day = language.day(timeOf(entry));
    if (day !== lastDay) list.append(h('li', 'day', day));
    lastDay = day;
    list.append(line);
    empty.replaceChildren();
    // The choices of the last message. Whatever the person says takes them away.
    const choices = (!entry.own && entry.activity.suggestedActions?.actions) || [];
    replies.replaceChildren(...choices.map((action) => button(() => actions.choose(action), action.title)));
    replies.hidden = !choices.length;
  }

  return {
    elements: [log, live],
    instead: (...content) => lines.size || empty.replaceChildren(...content),
    show(entry) {
      const end = (): number => log.scrollHeight - log.clientHeight;
      const atEnd = end() - log.scrollTop < 80;
      const line = bubble(entry, language, { ...actions, withdraw });
      const old = lines.get(entry);
      lines.set(entry, line);
      if (old) old.replaceWith(line);
      else append(entry, line);
      // To the end, but never past the first line of a long answer.
      if (entry.own && !old) log.scrollTop = end();
      else if (atEnd) log.scrollTop = Math.min(end(), Math.max(log.scrollTop, line.offsetTop - 12));
    },
    announce(entry) {
      const said = h('p', {}, `${lines.get(entry)?.innerText} ${replies.innerText}`);
      live.append(said);
      setTimeout(() => said.remove(), announcedForMs);
    },
  };

  function withdraw(entry: Entry): void {
    actions.withdraw(entry);
    lines.get(entry)?.remove();
  }
}
