import { describe, expect, it } from 'vitest';
import { smallAssets } from '../fixtures/small-assets.js';
import { createPerson } from './person.js';

describe('a draft', () => {
  const assets = smallAssets();
  const changes = (effects: readonly { type: string }[]) => effects.filter(({ type }) => type === 'draft_changed');

  it('is told of when it begins, and when nothing waits any more', () => {
    const person = createPerson({ assets });
    expect(changes(person.presses('start:note').effects)).toEqual([
      { type: 'draft_changed', form: 'note', locale: 'ar' },
    ]);
    expect(changes(person.says('1').effects)).toEqual([]);
    expect(changes(person.says('القائمة').effects)).toEqual([]);
    expect(changes(person.says('إلغاء').effects)).toEqual([{ type: 'draft_changed', form: null, locale: 'ar' }]);
  });
});

describe('a yes or no with "otherwise"', () => {
  const assets = smallAssets();
  const note = assets.forms.get('note')!;
  const consent = {
    ask: 'consent',
    type: 'yes-no',
    sensitive: false,
    prompt: { ar: 'توافق؟', en: 'Do you agree?' },
    otherwise: { ar: 'لا بأس', en: 'That is fine' },
  } as const;
  const asking = { ...assets, forms: new Map([['note', { ...note, steps: [consent, ...note.steps] }]]) };

  it('ends the form with a no, and keeps nothing of it', () => {
    const person = createPerson({ assets: asking });
    person.presses('start:note');
    const refused = person.says('لا');
    expect(refused.text).toContain('لا بأس');
    expect(person.state()).toMatchObject({ form: null, drafts: [] });
    expect(refused.effects).toEqual([{ type: 'draft_changed', form: null, locale: 'ar' }]);
  });

  it('goes on with a yes', () => {
    const person = createPerson({ assets: asking });
    person.presses('start:note');
    expect(person.says('ايه موافق').text).toContain('ما موضوعها؟');
  });
});
