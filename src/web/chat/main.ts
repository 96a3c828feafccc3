import { mount } from './element.js';

/**
 * `<script src="https://…/chat.js" data-locale="ar">` puts a button into the corner of any page. A page that places
 * `<wasl-chat>` itself gets the chat there instead.
 */
const script = document.currentScript as HTMLScriptElement;
const base = new URL('.', script.src).href;
const name = 'wasl-chat';

class WaslChat extends HTMLElement {
  connectedCallback(): void {
    if (!this.shadowRoot) mount(this, base);
  }
}

function start(): void {
  if (customElements.get(name)) return;
  customElements.define(name, WaslChat);
  if (document.querySelector(name)) return;
  const chat = document.createElement(name);
  chat.setAttribute('floating', '');
  chat.setAttribute('locale', script.dataset['locale'] ?? '');
  document.body.append(chat);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
