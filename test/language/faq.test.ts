import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { learnedCommands } from '../../src/conversation/commands.js';
import { faqFileSchema, formSchema, wordsFileSchema } from '../../src/flows/schema.js';
import { normalise } from '../../src/language/normalise.js';
import { createMatcher } from '../../src/language/trained-matcher.js';
import { faqQuestions, offTopic } from './faq-questions.js';

const folder = new URL('../../flows/faq/', import.meta.url);
const formsFolder = new URL('../forms/', folder);
/** What people say who want to do something: learned beside the questions, as the bot learns it. */
const wishes = readdirSync(formsFolder)
  .toSorted()
  .map((file) => formSchema.parse(parse(readFileSync(new URL(file, formsFolder), 'utf8'))))
  .flatMap(({ id, questions }) => (questions ? [{ id: `start ${id}`, questions }] : []));
const asked = readdirSync(folder)
  .toSorted()
  .flatMap((file) => faqFileSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8'))))
  .map(({ id, label, questions }) => ({
    id,
    questions: { ar: [label.ar, ...questions.ar], en: [label.en, ...questions.en] },
  }));

const entries = [...asked, ...wishes];

const { commands } = wordsFileSchema.parse(parse(readFileSync(new URL('../words.yaml', folder), 'utf8')));

const matcher = createMatcher([...entries, ...learnedCommands.map((id) => ({ id, questions: commands[id].words }))]);
const results = faqQuestions.map(([question, id]) => ({ question, id, match: matcher.match(question, 'ar') }));
/** Nothing when these are few enough, else all of them, so that a failure shows the questions. */
const above = <T>(allowed: number, found: readonly T[]): readonly T[] => (found.length > allowed ? found : []);

describe('the FAQ, asked in words of their own', () => {
  it('has every entry that the questions expect', () => {
    const ids = new Set<string>([...entries.map(({ id }) => id), ...learnedCommands]);
    expect(faqQuestions.map(([, id]) => id).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('hardly ever answers something else', () => {
    const wrong = results.filter(({ id, match }) => match.type === 'answer' && match.id !== id);
    expect(above(0.02 * results.length, wrong)).toEqual([]);
  });

  it('answers most questions at once', () => {
    const right = results.filter(({ id, match }) => match.type === 'answer' && match.id === id);
    expect(right.length / results.length).toBeGreaterThan(0.75);
  });

  it('answers or suggests the right entry nearly always', () => {
    const missed = results.filter(({ id, match }) => {
      const offered = match.type === 'answer' ? [match.id] : match.type === 'suggest' ? match.ids : [];
      return !offered.includes(id);
    });
    expect(above(0.05 * results.length, missed)).toEqual([]);
  });

  it('answers none of what is not its business, and suggests something for few of it', () => {
    const matches = offTopic.map((question) => ({ question, match: matcher.match(question, 'ar') }));
    expect(matches.filter(({ match }) => match.type === 'answer')).toEqual([]);
    const suggested = matches.filter(({ match }) => match.type === 'suggest');
    expect(above(0.1 * offTopic.length, suggested)).toEqual([]);
  });

  it('answers every phrasing of an entry with that entry', () => {
    const claimed = new Map<string, Set<string>>();
    for (const { id, questions } of entries) {
      for (const text of [...questions.ar, ...questions.en].map(normalise)) {
        claimed.set(text, (claimed.get(text) ?? new Set()).add(id));
      }
    }
    const answers = [...claimed].map(([text, ids]) => ({ text, ids: [...ids], match: matcher.match(text, 'ar') }));
    expect(
      answers.filter(({ ids, match }) => ids.length > 1 || match.type !== 'answer' || match.id !== ids[0]),
    ).toEqual([]);
  });
});
