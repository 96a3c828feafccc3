import { describe, expect, it } from 'vitest';
import { numberedText } from '../../src/channels/numbered.js';
import type { MessageActivity } from '../../src/core/activity.js';
import { contentTypes } from '../../src/core/activity.js';

const reply = (about: Partial<MessageActivity>): MessageActivity => ({
  type: 'message',
  id: 'r1',
  timestamp: '2026-01-05T09:00:00.000Z',
  role: 'bot',
  channelId: 'terminal',
  conversation: { id: 'c1' },
  from: { id: 'terminal' },
  ...about,
});

const choices = (...titles: string[]) => ({
  actions: titles.map((title) => ({ type: 'postBack' as const, title, value: `v:${title}` })),
});

describe('a rich reply as numbered text', () => {
  it('is the text alone when there is nothing else', () => {
    expect(numberedText(reply({ text: 'أهلًا بك' }))).toBe('أهلًا بك');
  });

  it('numbers the choices in their order, with Arabic-Indic digits in Arabic', () => {
    const text = numberedText(reply({ locale: 'ar-SA', text: 'كيف نخدمك؟', suggestedActions: choices('طلب', 'شكوى') }));
    expect(text).toBe('كيف نخدمك؟\n\n١. طلب\n٢. شكوى');
  });

  it('numbers past nine', () => {
    const ten = choices(...Array.from({ length: 10 }, (_, index) => `خيار ${index}`));
    expect(
      numberedText(reply({ locale: 'ar', suggestedActions: ten }))
        .split('\n')
        .at(-1),
    ).toBe('١٠. خيار 9');
  });

  it('uses Latin digits in English', () => {
    expect(numberedText(reply({ locale: 'en', text: 'Topic?', suggestedActions: choices('Services') }))).toBe(
      'Topic?\n\n1. Services',
    );
  });

  it('follows the given locale only when the activity has none', () => {
    const actions = { suggestedActions: choices('A') };
    expect(numberedText(reply(actions), 'en')).toBe('1. A');
    expect(numberedText(reply({ ...actions, locale: 'ar' }), 'en')).toBe('١. A');
  });

  it('prints a card between the text and the choices', () => {
    const card = { contentType: contentTypes.card, content: { title: 'ملخص', text: 'الاسم: نورة\nالحي: النسيم' } };
    expect(numberedText(reply({ text: 'راجع', attachments: [card], suggestedActions: choices('نعم') }))).toBe(
      'راجع\n\nملخص\nالاسم: نورة\nالحي: النسيم\n\n١. نعم',
    );
  });

  it('names a file, with its address only where the person can open it', () => {
    const stored = { contentType: 'application/pdf', contentUrl: 'wasl-file:abc', name: 'لائحة.pdf' };
    const open = { contentType: 'application/pdf', contentUrl: 'https://example.org/guide.pdf', name: 'guide.pdf' };
    expect(numberedText(reply({ attachments: [stored, open] }))).toBe(
      '📎 لائحة.pdf\n\n📎 guide.pdf\nhttps://example.org/guide.pdf',
    );
  });

  it('prints a place as a map link and a contact as its number', () => {
    const place = { contentType: contentTypes.location, content: { latitude: 18.2, longitude: 42.5 } };
    const contact = { contentType: contentTypes.contact, content: { phone: '+966500000000', own: false } };
    expect(numberedText(reply({ attachments: [place, contact] }))).toBe(
      '📍 https://www.google.com/maps?q=18.2,42.5\n\n📞 +966500000000',
    );
  });

  it('keeps each choice on one line, so that a title cannot pass for another choice', () => {
    expect(numberedText(reply({ locale: 'en', suggestedActions: choices('A\n2. B') }))).toBe('1. A 2. B');
  });
});
