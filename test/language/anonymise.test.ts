import { describe, expect, it } from 'vitest';
import { anonymise } from '../../src/language/anonymise.js';

describe('anonymise', () => {
  it.each([
    ['رقم هويتي ١٠٩٨٧٦٥٤٣٢ وجوالي 0501234567', 'رقم هويتي […] وجوالي […]'],
    ['جوالي ٠٥٠ ١٢٣ ٤٥٦٧ كلموني', 'جوالي […] كلموني'],
    ['طلبي ASB-7K3Q-9 تأخر', 'طلبي […] تأخر'],
    ['الأخت نورة ما قصرت', 'الأخت […] ما قصرت'],
    ['الموظف سالم محترم', 'الموظف […] محترم'],
    ['اسمي هيلة بنت سعد وانتظرت شهر', 'اسمي […] وانتظرت شهر'],
    ['والله يا فهد تعبنا', 'والله يا […] تعبنا'],
    ['راسلوني على um.saad@example.org', 'راسلوني على […]'],
    ['my name is Huda and Mr Salem was kind', 'my name is […] and Mr […] was kind'],
    ['SA03 8000 0000 6080 1016 7519 هذا حسابي', '[…] هذا حسابي'],
    ['انا عبد الله وانتظرت شهر', 'انا […] وانتظرت شهر'],
    ['شكرًا لأبو عبد الرحمن وعبد العزيز', 'شكرًا لأبو […]'],
    ['شكرا للموظف ذيبان وللأستاذة وضحى', 'شكرا للموظف […] وللأستاذة […]'],
    ['والمهندسة ضي ما قصرت', 'والمهندسة […] ما قصرت'],
    ['هويتي 1,098,765,432 وجوالي ٠٥،٠١،٢٣،٤٥،٦٧', 'هويتي […] وجوالي […]'],
    ['ASB WXYZ 7 and asb-wxyz-7 and asbwxyz7 wait', '[…] and […] and […] wait'],
    ['طلبي asb 7k3q 9 و ASB7K3Q9 ما تحرك', 'طلبي […] و […] ما تحرك'],
  ])('covers what names somebody in "%s"', (text, covered) => {
    expect(anonymise(text)).toEqual({ text: covered, says: true });
  });

  it.each([
    'انتظرت 14 يوم',
    'قدمت مرتين وما رد أحد',
    'ابي موعد اقرب',
    'the staff were kind',
    'بيّض الله وجيهكم',
    'your service reached me in 14 days, at last',
    'I had to wait 3 weeks and then for over 2 more',
    'We need 2 things: an answer, and only 1 visit',
  ])('leaves "%s"', (text) => {
    expect(anonymise(text)).toEqual({ text, says: true });
  });

  it('covers names that are known of those concerned, also with a joined particle', () => {
    expect(anonymise('شكرا لك يا مزنة ولهيلة', ['مزنة الفلاني', 'هيلة']).text).toBe('شكرا لك يا […]');
  });

  it.each(['1098765432', '٠٥٠١٢٣٤٥٦٧ ', '@someone', '1098765432 0501234567', '👍'])(
    'says of "%s" that it says nothing',
    (text) => {
      expect(anonymise(text).says).toBe(false);
    },
  );
});
