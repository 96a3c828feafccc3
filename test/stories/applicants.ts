import { setTimeout as pause } from 'node:timers/promises';
import { png } from '../fixtures/players.js';
import type { TelegramPerson } from '../fixtures/telegram-server/server.mjs';
import { visit } from '../fixtures/visitor.js';

/** Somebody who applies, on one channel. */
export interface Applicant {
  begins(): Promise<unknown>;
  says(text: string): Promise<unknown>;
  presses(label: string): Promise<unknown>;
  sendsPhoto(): Promise<unknown>;
  /** Everything that was said to this person so far, in order. */
  heard(): Promise<string[]>;
}

/** On the web page. `base` is asked each time: the server may have been started anew. */
export async function webApplicant(base: () => string, locale: string): Promise<Applicant> {
  const first = await visit(base());
  const again = () => visit(base(), first.token);
  return {
    begins: () => first.arrives(locale),
    says: async (text) => (await again()).post({ type: 'message', text, locale }),
    async presses(label) {
      const visitor = await again();
      const offered = (await visitor.history()).flatMap((activity) => activity.suggestedActions?.actions ?? []);
      const action = offered.findLast(({ title }) => title === label);
      if (!action) throw new Error(`"${label}" is not offered`);
      return visitor.post({ type: 'message', text: label, value: action.value, locale });
    },
    sendsPhoto: async () => (await again()).uploads({ name: 'ورقة.png', bytes: png }),
    heard: async () =>
      (await (await again()).history()).filter(({ from }) => from.role === 'bot').map(({ text }) => text ?? ''),
  };
}

/** In Telegram's app, in front of the local Bot API server. */
export function telegramApplicant(person: TelegramPerson): Applicant {
  const done = async (act: () => unknown): Promise<void> => {
    act();
    await pause(0);
  };
  return {
    begins: () => done(() => person.says('/start')),
    says: (text) => done(() => person.says(text)),
    presses: (label) => done(() => person.presses(label)),
    sendsPhoto: () => done(() => person.sends({ photo: { bytes: png } })),
    heard: async () => person.messages.map(({ text }) => text ?? ''),
  };
}
