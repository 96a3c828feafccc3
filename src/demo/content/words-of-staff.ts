/** What members of staff answer when they take a conversation over. */
export const wordsOfStaff = {
  ar: [
    'حياك الله، راجعت محادثتك. تفضّل، كيف أخدمك؟',
    'أبشر، طلبك عندي الآن وسأتابعه مع الزملاء.',
    'نعم، تقدر أن ترسل الأوراق هنا في المحادثة صورةً واضحة.',
    'راجعت حالتك، وكل شيء على ما يرام. نخبرك هنا متى جدّ شيء.',
    'شكرًا لانتظارك. وضّحت الأمر للباحثة الاجتماعية، وسترد عليك بإذن الله.',
  ],
  en: [
    'Hello, I have read our chat. How can I help you?',
    'I have your request before me and will follow it up with my colleagues.',
    'Yes, you can send the papers here in the chat as clear pictures.',
  ],
} as const;

/** What they note for each other. */
export const notesOfStaff = [
  'اتصلت به ولم يرد، أعيد المحاولة غدًا.',
  'تحتاج إلى زيارة الباحثة.',
  'سأل عن موعد اللجنة.',
] as const;
