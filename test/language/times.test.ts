import { describe, expect, it } from 'vitest';
import { formatTime, shortMoment } from '../../src/language/times.js';

const at = (time: string) => Date.parse(`2026-11-25T${time}:00+03:00`);

describe('an hour in words', () => {
  it.each([
    ['00:05', '١٢:٠٥ صباحًا', '12:05 am'],
    ['09:30', '٩:٣٠ صباحًا', '9:30 am'],
    ['12:00', '١٢:٠٠ ظهرًا', '12:00 pm'],
    ['15:00', '٣:٠٠ عصرًا', '3:00 pm'],
    ['19:30', '٧:٣٠ مساءً', '7:30 pm'],
  ])('%s is %s, and %s', (time, ar, en) => {
    expect([formatTime(at(time), 'ar'), formatTime(at(time), 'en')]).toEqual([ar, en]);
  });

  it('turns with the day in Riyadh', () => {
    expect(formatTime(Date.parse('2026-11-25T20:59:00Z'), 'en')).toBe('11:59 pm');
    expect(formatTime(Date.parse('2026-11-25T21:00:00Z'), 'en')).toBe('12:00 am');
  });
});

describe('a time on a button', () => {
  it('names day, date and hour', () => {
    expect(shortMoment(at('10:30'), 'ar')).toBe('الأربعاء ٢٥/١١ ١٠:٣٠ ص');
    expect(shortMoment(at('16:30'), 'en')).toBe('Wednesday 25/11 4:30 pm');
  });

  it('fits a button of every channel on any day', () => {
    const days = Array.from({ length: 366 }, (_, day) => at('10:30') + day * 24 * 60 * 60 * 1000);
    const lengths = days.flatMap((ms) => [shortMoment(ms, 'ar').length, shortMoment(ms, 'en').length]);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(24);
  });
});
