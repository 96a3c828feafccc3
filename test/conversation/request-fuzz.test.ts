import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../../src/core/digest.js';
import { holds } from '../../src/conversation/conditions.js';
import { readKept } from '../../src/conversation/steps/papers.js';
import { papers } from '../fixtures/request-forms.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { submitted } from './applicant.js';
import { createPerson, type Brought } from './person.js';

const assets = smallAssets();
const requestForm = assets.forms.get('support-request')!;
const id = '1012345672';

/** Sensible and senseless things to say at each question. */
const sayings: Record<string, readonly string[]> = {
  nationalId: [id, '1012345673', 'ما أدري'],
  family: ['1', '٥', 'كثير'],
  housing: ['ملك', 'إيجار', '2', 'خيمة'],
  rent: ['1500', 'غالي'],
  documents: ['لاحقا', 'انتهيت', 'صورة الهوية', '1', 'file', 'file', 'file', 'إثبات الدخل'],
  review: ['نعم', 'نعم', 'لا', 'السكن', 'عدد الأسرة', 'الأوراق', '1'],
  declaration: ['نورة سعد', 'نعم', 'لا', 'يمكن'],
};
const anywhere = ['رجوع', 'القائمة', 'أكمل', 'أكمل', 'متى تفتحون أبوابكم', 'english', 'عربي', 'وين طلبي', 'موظف'];

function walk(choices: readonly number[]) {
  const person = createPerson({ assets });
  person.presses('start:support-request');
  const seen: Brought[] = [];
  for (const [turn, choice] of choices.entries()) {
    const form = person.state().form;
    const all = [...(form && !form.paused ? (sayings[form.step] ?? []) : ['أكمل']), ...anywhere];
    const said = all[choice % (choice % 5 === 0 ? all.length : all.length - anywhere.length)] ?? 'أكمل';
    seen.push(said === 'file' ? person.sendsFile(`f${turn}`) : person.says(said));
    if (!person.state().form) break;
  }
  return { person, seen };
}

describe('a request, whatever way through its form', () => {
  const way = fc.array(fc.nat(1000), { minLength: 15, maxLength: 60 });

  it('is handed over only when it is whole, and as it was signed', () => {
    let sent = 0;
    fc.assert(
      fc.property(way, (choices) => {
        const { seen } = walk(choices);
        const effect = submitted(seen.flatMap(({ effects }) => effects));
        if (!effect) return;
        sent += 1;
        const { answers, signature } = effect;
        expect(signature?.answersHash).toBe(sha256Hex(canonicalJson(answers)));
        expect(signature?.statementHash).toBe(sha256Hex(signature?.statement ?? ''));
        const asked = requestForm.steps.filter(
          ({ type, when }) => type !== 'review' && type !== 'declaration' && (!when || holds(when, { answers })),
        );
        expect(Object.keys(answers)).toEqual(asked.map(({ ask }) => ask));
        const { files, later } = readKept(answers['documents']);
        const wanted = papers.filter(
          ({ optional, stage, when }) => !optional && stage === 'request' && (!when || holds(when, { answers })),
        );
        const there = new Set(files.map(({ paper }) => paper));
        expect(later).toEqual(wanted.map((paper) => paper.id).filter((paper) => !there.has(paper)));
        expect(new Set(files.map((file) => file.id)).size).toBe(files.length);
      }),
      { numRuns: 400 },
    );
    expect(sent).toBeGreaterThan(20);
  });

  it('never shows a sensitive answer, neither to the person nor in the transcript', () => {
    fc.assert(
      fc.property(way, (choices) => {
        for (const { text, heard } of walk(choices).seen) {
          expect(text).not.toContain(id);
          expect(heard ?? '').not.toContain(id);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('can always be gone on with, or is over', () => {
    fc.assert(
      fc.property(way, (choices) => {
        const { person } = walk(choices);
        if (!person.state().form) return;
        expect(person.says('أكمل').expects).toMatchObject({ flow: 'support-request' });
      }),
      { numRuns: 100 },
    );
  });
});
