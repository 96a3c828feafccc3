import { request } from './api.js';
import css from './chat.css?raw';
import type { Status } from './connection.js';
import { createConversation, type Conversation } from './conversation.js';
import { button, h, icon, icons } from './dom.js';
import { keep, recall } from './memory.js';
import { createPanel, type Panel } from './panel.js';
import { createLanguage, dirOf } from './texts.js';
import type { Config } from './wire.js';

const localeKey = 'wasl-chat locale';

/** Builds the chat into the shadow root of `host`: in place, or behind a button when it floats. */
export function mount(host: HTMLElement, base: string): void {
  const root = host.attachShadow({ mode: 'open' });
  const style = adopt(root, base);
  const launcher = button(open, '', { class: 'launcher' });
  const floating = host.hasAttribute('floating');
  const asked = recall(localeKey) || host.getAttribute('locale') || document.documentElement.lang;
  let language = createLanguage(asked.startsWith('en') ? 'en' : 'ar');
  let status: Status = 'loading';
  const config: Partial<Config> = {};
  let conversation: Conversation | undefined;
  let panel: Panel | undefined;

  function draw(): void {
    if (!conversation) return;
    const old = panel;
    panel = createPanel({ language, config, conversation, switchLanguage, close: floating && close });
    panel.status(status);
    if (!old) return root.append(panel.element);
    panel.input.value = old.input.value;
    panel.element.hidden = old.element.hidden;
    old.element.replaceWith(panel.element);
    panel.input.dispatchEvent(new Event('input'));
  }

  function begin(): void {
    conversation = createConversation(base, language.locale, {
      status(next) {
        status = next;
        panel?.status(next);
      },
      changed(entry, fresh) {
        panel?.changed(entry, fresh);
        if (fresh && panel?.element.hidden) label(true);
      },
    });
    draw();
    conversation.open();
    void configure();
  }

  /** The name and the colours. Without them the chat works all the same. */
  async function configure(): Promise<void> {
    const { body } = await request(`${base}chat/config`);
    Object.assign(config, body);
    style(config.theme);
    panel?.configured();
  }

  function switchLanguage(): void {
    const { locale } = (language = createLanguage(language.locale === 'ar' ? 'en' : 'ar'));
    keep(localeKey, locale);
    conversation?.language(locale);
    label();
    draw();
    focus('.language');
  }

  /** The launcher speaks the language too; so does our own page, which shows one of its two. */
  function label(news = false): void {
    const { locale, text } = language;
    const speaking = host.hasAttribute('page') ? [launcher, document.documentElement] : [launcher];
    for (const element of speaking) {
      element.lang = locale;
      element.dir = dirOf(locale);
    }
    launcher.replaceChildren(icon(icons.chat), news ? text('new') : text('open'));
  }

  function focus(selector: string): void {
    panel?.element.querySelector<HTMLElement>(selector)?.focus();
  }

  function open(): void {
    if (panel) panel.element.hidden = false;
    else begin();
    launcher.hidden = true;
    // On a phone a focused field would open the keyboard over the greeting.
    focus(matchMedia('(pointer: fine)').matches ? 'textarea' : '.log');
  }

  function close(): void {
    if (panel) panel.element.hidden = true;
    launcher.hidden = false;
    label();
    launcher.focus();
  }

  style();
  label();
  if (!floating) return begin();
  root.append(launcher);
  host.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && launcher.hidden) close();
  });
}

/** An adopted sheet needs no permission from the host's policy. A browser without them loads the rules as a file. */
function adopt(root: ShadowRoot, base: string): (theme?: string) => void {
  const sheet = root.adoptedStyleSheets && new CSSStyleSheet();
  if (sheet) root.adoptedStyleSheets = [sheet];
  else root.append(h('link', { rel: 'stylesheet', href: `${base}chat.css` }));
  return (theme = '') => sheet?.replaceSync(css + theme);
}
