/** What people of the demonstration add to their opinion, by how satisfied they are. */
export const remarks = {
  ar: {
    good: [
      'ما قصرتوا والله، الموظفين محترمين وتعاملهم راقي', 'الله يجزاكم خير، السلة وصلت في وقتها', 'الأخت نورة تعاملها طيب وصبرت علي',
      'المحادثة سهلة وما احتجت أروح للمقر', 'كل خطوة تجيني رسالة، وهذا ريّحني', 'الدعم غطى الإيجار وفرّج عنا، الله يفرج عنكم',
    ],
    fair: [
      'الخدمة زينة بس الانتظار طويل', 'ليت المبلغ أكثر، المصاريف زادت علينا', 'الأوراق كثيرة وما كل واحد يعرف يصورها',
      'المقر بعيد والدوام ما يناسب اللي يشتغل', 'أتمنى تبلغونا أول بأول وين وصل الطلب',
    ],
    bad: [
      'انتظرت شهرين وما أحد رد علي، جوالي 0500000417 كلموني', 'رفضوا طلبي وما فهمت السبب', 'طلبوا نفس الأوراق مرتين وتعبت',
      'الموظف سالم كان مستعجل وما شرح لي', 'القرار تأخر كثير وأنا محتاجة',
    ],
  },
  en: {
    good: ['The staff were kind and patient', 'The basket came in time, thank you', 'I was informed by message at every step'],
    fair: ['Good, but the wait was long', 'Too many papers for a small request', 'The office is far from where I live'],
    bad: ['I waited for weeks and nobody called', 'I did not understand the reason of the decision', 'They asked for the same documents twice'],
  },
} as const; // prettier-ignore

/** What was done about what was heard; `ago` is days before the end of the story. */
export const improvements = [
  {
    ago: 96,
    said: { ar: 'الأوراق تُطلب مرتين', en: 'The same papers are asked for twice' },
    did: {
      ar: 'صار الموظف يرى ما سبق إرساله قبل أن يطلب ورقة',
      en: 'Staff now see what was sent before they ask for a paper',
    },
  },
  {
    ago: 48,
    said: { ar: 'الدوام لا يناسب من يعمل صباحًا', en: 'The hours do not suit those who work in the morning' },
    did: { ar: 'فتحنا مساء كل ثلاثاء من ٥ إلى ٨', en: 'We open every Tuesday evening from 5 to 8' },
  },
  {
    ago: 20,
    said: { ar: 'سبب الاعتذار غير واضح', en: 'The reason of a refusal is not clear' },
    did: {
      ar: 'تكتب اللجنة السبب بلغة سهلة، ومعه ما يمكن عمله',
      en: 'The committee writes the reason in plain words, with what can be done',
    },
  },
] as const;
