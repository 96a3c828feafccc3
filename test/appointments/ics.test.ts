import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { openCalendarFile } from '../../src/appointments/calendar-file.js';
import { icsOf, type CalendarEvent } from '../../src/appointments/ics.js';
import { cancelAppointment } from '../../src/appointments/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { at, createOffice } from './office.js';

const event: CalendarEvent = {
  uid: 'a1@asseb.wasl',
  stamp: Date.parse('2026-11-21T06:00:00Z'),
  start: Date.parse('2026-11-22T06:00:00Z'),
  end: Date.parse('2026-11-22T06:30:00Z'),
  summary: 'مقابلة في عسيب',
  description: 'سطر أول\nسطر ثانٍ؛ وفاصلة، و; و, و\\',
  location: 'برج المويشير, حي أحد',
  sequence: 2,
  cancelled: false,
};

/** As a calendar reads it. */
function read(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('there is no event in it');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    status: String(component.getFirstPropertyValue('status')),
    stamp: String(component.getFirstPropertyValue('dtstamp')),
    event: new ICAL.Event(component),
  };
}

describe('a calendar file', () => {
  it('is read by a calendar as it was meant', () => {
    const { method, status, stamp, event: opened } = read(icsOf(event));
    expect({ method, status, stamp }).toEqual({
      method: 'PUBLISH',
      status: 'CONFIRMED',
      stamp: '2026-11-21T06:00:00Z',
    });
    expect(opened.uid).toBe(event.uid);
    expect(opened.sequence).toBe(2);
    expect(opened.summary).toBe(event.summary);
    expect(opened.description).toBe(event.description);
    expect(opened.location).toBe(event.location);
    expect(opened.startDate.toJSDate().getTime()).toBe(event.start);
    expect(opened.endDate.toJSDate().getTime()).toBe(event.end);
  });

  it('says when it is called off', () => {
    const { method, status } = read(icsOf({ ...event, cancelled: true }));
    expect({ method, status }).toEqual({ method: 'CANCEL', status: 'CANCELLED' });
  });

  it('leaves out a place that nobody knows', () => {
    expect(icsOf({ ...event, location: undefined })).not.toContain('LOCATION');
  });

  it('keeps any words as they are, in lines of at most 75 octets that end as they must', () => {
    // What ends a line is written as one sign, and what no eye sees is left out.
    const words = fc
      .string({ unit: 'grapheme', maxLength: 300 })
      .map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '));
    fc.assert(
      fc.property(words, words, (summary, location) => {
        const ics = icsOf({ ...event, summary, location });
        const lines = ics.split('\r\n');
        expect(lines.pop()).toBe('');
        expect(lines.every((line) => Buffer.byteLength(line, 'utf8') <= 75 && line.isWellFormed())).toBe(true);
        expect(lines.join('')).not.toMatch(/[\r\n]/);
        const { event: opened } = read(ics);
        expect([opened.summary, opened.location]).toEqual([summary, location]);
      }),
    );
  });

  it('cannot be made to say something else by what is written into it', () => {
    const { event: opened, status } = read(icsOf({ ...event, summary: 'x\r\nSTATUS:CANCELLED\r\nBEGIN:VEVENT' }));
    expect(status).toBe('CONFIRMED');
    expect(opened.summary).toBe('x\nSTATUS:CANCELLED\nBEGIN:VEVENT');
  });
});

describeOnEachStore('the calendar file of an interview', (openStore) => {
  it('follows it from booking over moving to its end, under one id', async () => {
    const office = createOffice((await openStore()).store);
    const opened = async (id: string) => {
      const found = await openCalendarFile(office.appointments, id);
      if (!found) throw new Error(`there is no file ${id}`);
      const bytes = await buffer(found.content);
      expect(bytes.length).toBe(found.file.size);
      return { ...read(bytes.toString('utf8')), file: found.file };
    };
    const record = (await office.books('calendar', at('22T09:00')))!;
    const id = (office.said.at(-1)?.attachments?.[0]?.contentUrl ?? '').replace('wasl-file:', '');
    const booked = await opened(id);
    expect(booked.file).toMatchObject({ name: 'interview.ics', contentType: 'text/calendar' });
    expect(booked.event.startDate.toJSDate().getTime()).toBe(at('22T09:00'));
    expect(booked.event.summary).toBe('مقابلة في عسيب');
    expect(booked.event.location).toBe('مقر المؤسسة، برج المويشير، حي أحد، سكاكا');
    await office.moves('calendar', at('24T09:00'));
    const moved = await opened(id);
    expect([moved.event.uid, moved.event.sequence]).toEqual([booked.event.uid, 1]);
    expect(moved.event.startDate.toJSDate().getTime()).toBe(at('24T09:00'));
    await cancelAppointment(office.appointments, record._id, { reason: 'إجازة رسمية', by: 'staff-1' });
    const cancelled = await opened(id);
    expect(cancelled).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' });
    expect([cancelled.event.uid, cancelled.event.sequence]).toEqual([booked.event.uid, 2]);
  });

  it('is there for bookings alone', async () => {
    const office = createOffice((await openStore()).store);
    const refused = (await office.books('refused', at('15T09:00')))!;
    for (const id of [`interview-${refused._id}`, 'interview-', 'interview-nobody', 'f1'])
      expect(await openCalendarFile(office.appointments, id)).toBeUndefined();
  });
});
