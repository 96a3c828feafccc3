import { describe, expect, it } from 'vitest';
import type { PersonFacts } from '../../src/conversation/person-facts.js';
import { slotId } from '../../src/core/slot.js';
import { assetsOf } from '../fixtures/assets.js';
import { submitted } from './applicant.js';
import { createPerson, sentence } from './person.js';

const assets = assetsOf();
const says = (key: string) => sentence(assets, key);
const at = (day: string, time: string) => Date.parse(`2026-11-${day}T${time}:00+03:00`);
const [first, second, third] = [at('22', '09:00'), at('22', '09:30'), at('22', '10:00')];
const slots = [first, second, third];
const known = (facts: Partial<PersonFacts> = {}): PersonFacts => ({ requests: [], slots, ...facts });

function atAbout() {
  const person = createPerson({ assets, person: known() });
  person.presses('start:interview');
  for (const text of ['نعم', 'نورة العنزي', '0500000000']) person.says(text);
  return person;
}

function atTimes() {
  const person = atAbout();
  person.says('عن أوراقي');
  return person;
}

describe('somebody who books an interview', () => {
  it('chooses one of the free times, by number or button, and hands it over', () => {
    const asked = atAbout().says('عن أوراقي');
    expect(asked.expects).toMatchObject({ type: 'slot', flow: 'interview', step: 'slot', choices: slots.map(slotId) });
    expect(asked.choices).toEqual(['الأحد ٢٢/١١ ٩:٠٠ ص', 'الأحد ٢٢/١١ ٩:٣٠ ص', 'الأحد ٢٢/١١ ١٠:٠٠ ص']);
    for (const booked of [atTimes().says('٢'), atTimes().presses(`answer:interview:slot:${slotId(second)}`)]) {
      expect(submitted(booked.effects)).toMatchObject({
        opens: 'appointment',
        answers: { fullName: 'نورة العنزي', mobile: '+966500000000', slot: slotId(second) },
      });
      expect(booked.values).toContain('command:appointment');
    }
  });

  it('is shown the times that are left, when the one that was shown went meanwhile', () => {
    const person = atTimes();
    person.becomes(known({ slots: slots.slice(1) }));
    const again = person.says('١');
    expect(again.text).toContain(says('interview.gone'));
    expect(again.choices).toHaveLength(2);
    expect(submitted(again.effects)).toBeUndefined();
    expect(submitted(person.says('١').effects)?.answers).toMatchObject({ slot: slotId(second) });
  });

  it('goes back one question from there, also after a time that went', () => {
    const person = atTimes();
    person.becomes(known({ slots: slots.slice(1) }));
    person.says('١');
    expect(person.says('رجوع').expects).toMatchObject({ step: 'about' });
  });

  it('hears when nothing is free, is offered a call, and goes on another day', () => {
    const none = createPerson({ assets, person: known({ slots: [] }) });
    const told = none.presses('start:interview');
    expect(told.text).toContain(says('interview.noneFree'));
    expect(told.values).toContain('start:call-back');
    const person = atTimes();
    person.becomes(known({ slots: [] }));
    expect(person.says('١').text).toContain(says('interview.noneFree'));
    person.becomes(known());
    expect(person.says('أكمل').expects).toMatchObject({ step: 'slot' });
  });

  it('has one at a time: the other is shown, to be moved or cancelled', () => {
    const person = createPerson({ assets, person: known({ appointment: { start: first } }) });
    const told = person.says('ابي احجز موعد');
    expect(told.text).toContain('٩:٠٠ صباحًا');
    expect(told.values).toEqual(['start:move-interview', 'start:cancel-interview', 'command:menu']);
    expect(person.state().form).toBeNull();
  });
});

describe('somebody who has an interview', () => {
  const booked = () => createPerson({ assets, person: known({ appointment: { start: at('24', '09:00') } }) });

  it.each([
    ['موعدي', 'ar', '٢٤ نوفمبر'],
    ['متى موعدي', 'ar', '٢٤ نوفمبر'],
    ['my appointment', 'ar', '٢٤ نوفمبر'],
    ['when is my interview', 'en', '24 November'],
  ] as const)('is told when and where by %j', (text, locale, day) => {
    const { text: told, values } = booked().says(text);
    expect(told).toContain(assets.organisation.interviews?.place[locale]);
    expect(told).toContain(day);
    expect(values).toContain('start:move-interview');
  });

  it('moves it to another time', () => {
    const person = booked();
    expect(person.says('ابي اغير موعدي').expects).toMatchObject({ type: 'slot', flow: 'move-interview' });
    expect(submitted(person.says('٣').effects)).toMatchObject({
      opens: 'appointment-move',
      answers: { slot: slotId(third) },
    });
  });

  it('cancels it after a yes, and keeps it after a no', () => {
    const person = booked();
    expect(person.says('الغوا الموعد').expects).toMatchObject({ type: 'yes-no', flow: 'cancel-interview' });
    expect(submitted(person.says('لا').effects)).toBeUndefined();
    person.says('cancel my interview');
    expect(submitted(person.says('نعم').effects)).toMatchObject({ opens: 'appointment-cancel' });
  });

  it('can no longer move or cancel it when it was called off in between', () => {
    for (const form of ['move-interview', 'cancel-interview']) {
      const person = booked();
      person.presses(`start:${form}`);
      person.becomes(known());
      const told = person.says('نعم');
      expect(told.text).toContain(says('interview.none'));
      expect(told.values).toContain('start:interview');
      expect(person.state().form).toBeNull();
    }
  });
});

describe('somebody who has none', () => {
  it.each(['موعدي', 'ابي الغي موعدي', 'ابي اغير موعدي'])('is offered to book one after %j', (text) => {
    const person = createPerson({ assets, person: known() });
    const told = person.says(text);
    expect(told.text).toContain(says('interview.none'));
    expect(told.values).toContain('start:interview');
  });
});
