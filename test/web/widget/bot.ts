import { contentTypes, type Activity, type MessageActivity } from '../../../src/core/activity.js';

/** What the bot of these tests answers: enough to show every part of the widget once, in both languages. */
export type Said = Pick<MessageActivity, 'text' | 'attachments' | 'suggestedActions' | 'channelData'>;

const words = {
  ar: {
    greeting: 'حياك الله في عسيب. أنا المساعد الآلي، أجيب عن أسئلتك ومتى أردت أوصلك بأحد الزملاء.',
    decision: 'تدرس لجنة البحث طلبك في مدة لا تقل عن أسبوعين من اكتمال أوراقه، ونخبرك بالقرار هنا.',
    card: { title: 'لو قدّمت اليوم', text: 'لن يصدر القرار قبل السبت ٢٥ جمادى الآخرة ١٤٤٨\n٥ ديسمبر ٢٠٢٦' },
    buttons: ['كم تستغرق دراسة الطلب؟', 'أين وصل طلبي؟', 'كلّم موظفًا'],
    reach:
      'جوالنا +966 50 123 4567 وبريدنا help@asseb.org.sa ورقم طلبك ASB-7K3Q-9. اقرأ https://asseb.org.sa/policy هنا.',
    language: 'أبشر، نكمل بالعربية.',
    echo: (text: string) => `وصلني: ${text}`,
    file: 'وصلني الملف، شكرًا لك.',
  },
  en: {
    greeting: 'Welcome to Asseb. I am the assistant: I answer your questions, and put you through to a colleague.',
    decision: 'The research committee studies your request for no less than two weeks, and we tell you here.',
    card: {
      title: 'If you applied today',
      text: 'No decision comes before Saturday, 25 Jumada II 1448\n5 December 2026',
    },
    buttons: ['How long does a decision take?', 'Where is my request?', 'Talk to a person'],
    reach:
      'Call +966 50 123 4567 or write to help@asseb.org.sa. Your reference is ASB-7K3Q-9. See https://asseb.org.sa/policy there.',
    language: 'All right, we go on in English.',
    echo: (text: string) => `I received: ${text}`,
    file: 'I received the file, thank you.',
  },
};

export function answer(activity: Activity, locale: 'ar' | 'en'): Said {
  const { greeting, decision, card, buttons, reach, language, echo, file } = words[locale];
  const targets = ['faq:decision-time', 'faq:reach', 'person'];
  const actions = buttons.map((title, index) => ({ type: 'imBack' as const, title, value: targets[index] ?? '' }));
  const menu = { suggestedActions: { actions }, channelData: { expects: { type: 'menu' } } };
  if (activity.type === 'conversationUpdate') return { text: greeting, ...menu };
  if (activity.type === 'event') return { text: language, ...menu };
  if (activity.attachments) return { text: file };
  if (activity.value === 'faq:decision-time') {
    return { text: decision, attachments: [{ contentType: contentTypes.card, content: card }], ...menu };
  }
  if (activity.value === 'faq:reach') return { text: reach };
  const [, expects] = /^expect (.+)$/.exec(activity.text ?? '') ?? [];
  return { text: echo(activity.text ?? ''), ...(expects ? { channelData: { expects: { type: expects } } } : {}) };
}
