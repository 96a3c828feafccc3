import { createComposer } from './composer.js';
import type { Status } from './connection.js';
import type { Conversation } from './conversation.js';
import { button, h, icon, icons } from './dom.js';
import { createLog } from './log.js';
import { dirOf, type Language } from './texts.js';
import type { Config, Entry } from './wire.js';

export interface PanelOptions {
  language: Language;
  /** Filled in when it has come. */
  config: Partial<Config>;
  conversation: Conversation;
  switchLanguage: () => void;
  /** Only a panel that floats can be closed. */
  close: false | (() => void);
}

export interface Panel {
  element: HTMLElement;
  input: HTMLTextAreaElement;
  changed(entry: Entry, fresh?: boolean): void;
  status(status: Status): void;
  /** The configuration has come: shows the name. */
  configured(): void;
}

/** The chat in one language. Another language is another panel over the same conversation. */
export function createPanel(options: PanelOptions): Panel {
  const { language, conversation, config, close } = options;
  const { text, locale, number } = language;
  const composer = createComposer(language, {
    say: (said) => conversation.say({ text: said, locale }),
    file(file) {
      const most = config.maxUploadBytes ?? Infinity;
      const large = file.size > most;
      composer.note(large ? text('large').replace('#', number(Math.floor(most / 1048576))) : '');
      if (!large) conversation.say({ locale, attachments: [{ name: file.name }] }, file);
    },
  });
  const log = createLog(language, {
    ...conversation,
    choose({ title, value }) {
      conversation.say({ text: title, value, locale });
      // Not the field: on a phone the keyboard would cover the answer.
      log.elements[0]?.focus();
    },
  });
  let head = header(options);
  const banner = h('p', { class: 'banner', role: 'status' });
  const props = {
    class: close ? 'panel floating' : 'panel',
    dir: dirOf(locale),
    lang: locale,
    'aria-label': text('open'),
  };

  function changed(entry: Entry, fresh?: boolean): void {
    log.show(entry);
    if (entry.own) return;
    if (fresh) log.announce(entry);
    composer.expect(entry.activity.channelData?.expects?.type ?? '');
  }

  conversation.entries.forEach((entry) => changed(entry));
  return {
    element: h('section', props, head, banner, ...log.elements, composer.element),
    input: composer.input,
    changed,
    configured() {
      const named = header(options);
      head.replaceWith(named);
      head = named;
    },
    status(status) {
      banner.textContent = status === 'offline' ? text('offline') : '';
      const failed = status === 'failed';
      const sentence = failed ? text('broken') : status === 'loading' ? text('loading') : text('empty');
      log.instead(h('p', {}, sentence), ...(failed ? [button(conversation.open, text('retry'))] : []));
    },
  };
}

function header({ language, config, switchLanguage, close }: PanelOptions): HTMLElement {
  const { text, locale } = language;
  const name = config.shortName?.[locale] ?? '';
  return h(
    'header',
    {},
    h('span', { class: 'initial', 'aria-hidden': 'true' }, name.charAt(0)),
    h('div', 'title', h('b', {}, name), h('slot', {}, h('small', {}, text('subtitle')))),
    button(switchLanguage, text('other'), { class: 'language', lang: locale === 'ar' ? 'en' : 'ar' }),
    close && button(close, icon(icons.close), { class: 'tool', 'aria-label': text('close') }),
  );
}
