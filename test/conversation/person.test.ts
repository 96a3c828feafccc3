import { describe, expect, it } from 'vitest';
import { assetsOf } from '../fixtures/assets.js';
import { createPerson } from './person.js';

const minute = 60_000;
const hour = 60 * minute;
/** Saturday, 21 November 2026, 9 in the morning in Riyadh: the office is closed until Sunday at 8. */
const saturday = Date.parse('2026-11-21T06:00:00Z');

const bare = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

describe('who asks for a person', () => {
  const assets = assetsOf();

  it('hears the day and the hour by which somebody answers, when the office is closed', () => {
    const asked = createPerson({ assets }).says('ابي اكلم موظف');
    expect(bare(asked.text)).toContain('الدوام انتهى الآن. يرد عليك هنا بإذن الله قبل الساعة ٩:٠٠ صباحًا يوم الأحد');
    expect(asked.effects).toEqual([
      { type: 'person_wanted', reason: 'asked', answerBy: Date.parse('2026-11-22T06:00:00Z') },
    ]);
  });

  it('hears the hour, when it is open', () => {
    const person = createPerson({ assets });
    person.waits(25 * hour);
    const asked = person.says('ابي اكلم موظف');
    expect(bare(asked.text)).toContain('قبل الساعة ١١:٠٠ صباحًا بإذن الله');
    expect(asked.effects).toMatchObject([{ answerBy: saturday + 26 * hour }]);
  });

  it('hears of tomorrow, when it closes before the hour is over', () => {
    const person = createPerson({ assets });
    person.waits(29 * hour + 30 * minute);
    expect(bare(person.says('I want to speak to a person').text)).toContain('before 8:30 am on Monday');
  });
});

describe('who sounds desperate', () => {
  const assets = assetsOf();

  it.each([
    'والله ضاقت بي وما لقيت احد',
    'محد واقف معي',
    'عيالي جوعانين ومالي احد',
    'انا تعبانه نفسيا',
    'I cry every night',
    'nobody helps me',
  ])('is consoled, and a person is called: %s', (words) => {
    const heard = createPerson({ assets }).says(words);
    expect(heard.effects).toMatchObject([{ type: 'person_wanted', reason: 'low_mood' }]);
    expect(heard.text).toMatch(/لست وحدك|You are not alone/);
  });

  it('is not kept from an answer to a form: a person is called without a word', () => {
    const person = createPerson({ assets });
    person.presses('start:suggestion');
    person.says('1');
    const heard = person.says('ضاقت بي الدنيا وانا انتظر في الاستقبال');
    expect(heard.effects).toMatchObject([{ type: 'person_wanted', reason: 'low_mood' }]);
    expect(heard.expects).toMatchObject({ type: 'yes-no', flow: 'suggestion' });
    expect(heard.text).not.toContain('لست وحدك');
  });

  it('is answered at once by the way out of danger, when it is danger', () => {
    const heard = createPerson({ assets }).says('ما ابي اعيش، ضاقت بي');
    expect(heard.effects).toMatchObject([{ type: 'person_wanted', reason: 'danger' }]);
    expect(heard.text).toContain('911');
  });

  it.each(['متى الدوام', 'تعبت من الانتظار بس عندي سؤال', 'وش خدماتكم'])('is not everybody: %s', (words) => {
    expect(createPerson({ assets }).says(words).effects).not.toContainEqual(
      expect.objectContaining({ reason: 'low_mood' }),
    );
  });
});

describe('who comes back from a person', () => {
  const assets = assetsOf();
  const returned = { type: 'event', name: 'takeover/returned', role: 'staff' } as const;

  it('hears so, in their language', () => {
    const person = createPerson({ assets });
    person.says('English');
    expect(person.posts(returned).text).toContain('I am with you again');
  });

  it('goes on with the form at the question where it stopped', () => {
    const person = createPerson({ assets });
    person.presses('start:suggestion');
    person.says('1');
    person.says('ابي اكلم موظف');
    const heard = person.posts(returned);
    expect(heard.text).toContain('أنا معك من جديد');
    expect(heard.expects).toMatchObject({ type: 'text', flow: 'suggestion', step: 'suggestion' });
  });
});
