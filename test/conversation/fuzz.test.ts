import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { converse } from '../../src/conversation/converse.js';
import { readState } from '../../src/conversation/state.js';
import { nobody } from '../../src/conversation/person-facts.js';
import { contentTypes, type Attachment } from '../../src/core/activity.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { knownBy } from './applicant.js';

const assets = smallAssets();
const now = Date.parse('2026-11-21T06:00:00Z');

const words = fc.constantFrom(
  'القائمة', 'menu', 'رجوع', 'back', 'إلغاء', 'cancel', 'أكمل', 'resume', 'english', 'عربي', 'موظف', 'مساعدة', 'نعم', 'لا',
  '1', '٢', '۹', 'متى تفتحون أبوابكم', 'where can I park my car', '\u200f', '\ud83d', '🌙'.repeat(300), '{{name}}', '__proto__',
); // prettier-ignore
const text = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ unit: 'grapheme' }));
const value = fc.oneof(
  fc.constantFrom(
    'faq:hours', 'faq:gone', 'start:note', 'start:visit', 'menu:main', 'command:back', 'command:cancel', 'command:resume',
    'start:support-request', 'start:send-papers', 'start:appeal:ASB-7K3Q-9', 'start:support-request:ASB-7K3Q-9', 'copy:ASB-7K3Q-9',
    'command:status', 'command:stop-reminders', 'answer:note:topic:staff', 'answer:visit:alone:yes', 'answer:note:reply:no', 'staff', 'yes', '__proto__', 'start:__proto__', ':',
  ), // prettier-ignore
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const attachment: fc.Arbitrary<Attachment> = fc.record(
  {
    contentType: fc.oneof(fc.constantFrom('image/png', 'audio/ogg', ...Object.values(contentTypes)), fc.string()),
    contentUrl: fc.oneof(fc.constantFrom('wasl-file:f1', 'wasl-file:f2', 'wasl-file:'), fc.string()),
    name: fc.string(),
    size: fc.nat(),
  },
  { requiredKeys: ['contentType'] },
);

const address = {
  channelId: 'webchat',
  conversation: { id: 'c' },
  from: { id: 'p' },
  role: 'user',
  timestamp: '',
} as const;
const activity = fc
  .oneof(
    fc.record(
      { type: fc.constant('message'), text, value, attachments: fc.array(attachment, { maxLength: 2 }) },
      { requiredKeys: ['type'] },
    ),
    fc.record({
      type: fc.constant('event'),
      name: fc.constantFrom('webchat/language', 'other'),
      value: fc.jsonValue(),
    }),
    fc.record({ type: fc.constant('conversationUpdate') }),
  )
  .map((what) => ({ ...address, id: 'm', ...what }));

const facts = fc.constantFrom(
  nobody,
  knownBy({ actions: ['papers'], missing: ['identity', 'income'], returned: { income: 'x' } }),
  knownBy(
    { actions: ['withdraw', 'papers'], missing: ['identity'] },
    { reference: 'ASB-2222-X', actions: ['appeal', 'papers'] },
  ),
  knownBy({
    actions: ['correct'],
    correction: { form: 'support-request', version: 1, answers: { family: 1, gone: {} }, papers: ['identity', 'gone'] },
  }),
);

describe('the conversation engine', () => {
  it('never throws, keeps a state that it can read, and answers every message', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(activity, facts), { maxLength: 12 }), (turns) => {
        let state: unknown = null;
        for (const [each, person] of turns) {
          const turned = converse(assets, { state, activity: each, now, person });
          state = JSON.parse(JSON.stringify(turned.state));
          expect(readState(state, 'ar')).toEqual(state);
          expect(each.type !== 'message' || turned.replies.length > 0).toBe(true);
          for (const reply of turned.replies) {
            expect(reply.text?.trim()).not.toBe('');
            expect(reply.text?.isWellFormed()).toBe(true);
            expect(reply.text).not.toMatch(/\{\{|undefined|\[object|^[a-z]+\.[a-zA-Z_]+$/m);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same for the same, and leaves what it was given as it was', () => {
    fc.assert(
      fc.property(fc.array(activity, { minLength: 1, maxLength: 6 }), (activities) => {
        const play = (): unknown => {
          let state: unknown = null;
          return activities.map((each) => {
            const before = JSON.stringify([state, each]);
            const turned = converse(assets, { state, activity: each, now });
            expect(JSON.stringify([state, each])).toBe(before);
            state = JSON.parse(JSON.stringify(turned.state));
            return turned;
          });
        };
        expect(play()).toEqual(play());
      }),
      { numRuns: 50 },
    );
  });

  it('takes any stored state', () => {
    fc.assert(
      fc.property(fc.jsonValue(), activity, (state, each) => {
        const { replies } = converse(assets, { state, activity: each, now });
        expect(each.type !== 'message' || replies.length > 0).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
