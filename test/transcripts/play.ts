import { expect } from 'vitest';
import { answer } from '../../src/conversation/answer.js';
import { nobody } from '../../src/conversation/person-facts.js';
import { readState } from '../../src/conversation/state.js';
import type { Turn } from '../../src/conversation/turn.js';
import { assetsOf } from '../fixtures/assets.js';
import type { Transcript, TranscriptStep } from './transcript.js';

/** What a person sees of one reply, on whatever channel. */
export interface Heard {
  text: string;
  /** Labels of the choices, in order; empty where the channel prints them into the text. */
  choices: string[];
}

/** A person on a channel. Each call resolves to the replies that it brought. */
export interface Player {
  arrives(): Promise<Heard[]>;
  says(text: string): Promise<Heard[]>;
  presses(label: string): Promise<Heard[]>;
  sends(kind: 'photo' | 'sticker' | 'location'): Promise<Heard[]>;
}

export async function play(transcript: Transcript, player: Player): Promise<void> {
  for (const [index, step] of transcript.steps.entries()) {
    const heard = await act(step, player);
    const said = heard.map(({ text }) => bare(text)).join('\n');
    const place = `${transcript.name}, step ${index + 1} (${JSON.stringify(step)})`;
    let from = 0;
    for (const piece of [step.hears ?? []].flat().map(bare)) {
      const at = said.indexOf(piece, from);
      expect(at, `${place}\nheard: ${said}`).toBeGreaterThanOrEqual(0);
      from = at + piece.length;
    }
    for (const piece of [step.never ?? []].flat().map(bare)) expect(said, place).not.toContain(piece);
    const choices = heard.flatMap((one) => one.choices).join('\n');
    for (const label of step.offers ?? []) expect(`${choices}\n${said}`, place).toContain(bare(label));
    if (step.answer) {
      const answers = (['ar', 'en'] as const).map((locale) => bare(wholeAnswer(transcript, step.answer!, locale)));
      expect(
        answers.some((one) => said.includes(one)),
        `${place}\nheard: ${said}`,
      ).toBe(true);
    }
  }
}

function act(step: TranscriptStep, player: Player): Promise<Heard[]> {
  if ('arrives' in step) return player.arrives();
  if ('says' in step) return player.says(step.says);
  if ('presses' in step) return player.presses(step.presses);
  return player.sends(step.sends);
}

/** Direction marks belong to the rendering, and lines are joined differently by the channels. */
const bare = (text: string): string =>
  text
    .replace(/[\u2066-\u2069\u200e\u200f]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function wholeAnswer(transcript: Transcript, id: string, locale: 'ar' | 'en'): string {
  const assets = assetsOf(transcript.organisation);
  const entry = assets.faq.get(id);
  expect(entry, `${transcript.name}: there is no FAQ entry ${id}`).toBeDefined();
  const state = { ...readState(undefined, locale), greeted: true };
  const turn: Turn = { assets, state, now: Date.now(), person: nobody, replies: [], effects: [] };
  answer(turn, entry!);
  return turn.replies[0]?.text ?? '';
}
