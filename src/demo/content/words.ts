import type { Locale } from '../../language/matcher.js';

type Words = Readonly<Record<Locale, readonly [string, ...string[]]>>;

export const greetings: Words = {
  ar: [
    'السلام عليكم', 'السلام عليكم ورحمة الله', 'هلا', 'مساء الخير', 'صباح الخير', 'يعطيكم العافية', 'مرحبا', 'السلام عليكم اخوي',
  ],
  en: ['Hello', 'Good evening', 'Hi there', 'Salam'],
}; // prettier-ignore

export const thanks: Words = {
  ar: ['شكرا', 'الله يعطيك العافيه', 'مشكورين', 'جزاكم الله خير', 'تسلم', 'الله يجزاك خير ما قصرت'],
  en: ['Thank you', 'thanks a lot', 'Many thanks'],
}; // prettier-ignore

/** Who wants a person. */
export const wantsPerson: Words = {
  ar: ['ابي اكلم موظف', 'حولني على موظف لو سمحت', 'ابغى احد يرد علي', 'ممكن اكلم موظف'],
  en: ['I want to talk to a person', 'connect me to a person'],
};

/** What the FAQ does not know: these become gaps. */
export const unknownQuestions: Words = {
  ar: [
    'عندكم اجهزه كهربائيه مستعمله', 'تصلحون مكيفات', 'وين القى دكتور اسنان رخيص', 'فيه عندكم دوره رسم',
    'كم سعر تذكرة الباص للمدينه', 'تعرفون احد يبيع غنم', 'ابي رقم الجوازات', 'متى تطلع نتايج القبول بالجامعه',
    'عندكم سباك', 'كيف اجدد رخصة السياره', 'تبيعون زي مدرسي', 'فيه ملعب كوره عندكم',
  ],
  en: ['Do you repair air conditioners?', 'where can I buy a used car', 'do you teach swimming', 'which bus goes to the airport', 'can you fix my phone'],
}; // prettier-ignore

/** What somebody says who is about to apply, and who asks after the request. */
export const beginnings: Words = {
  ar: ['كيف اقدم طلب دعم', 'ابي اقدم على مساعده', 'وش طريقة التقديم', 'ابغى ارفع طلب'],
  en: ['How do I apply?', 'how can I apply for support'],
};
export const statusQuestions: Words = {
  ar: ['حالة طلبي', 'وين وصل طلبي', 'وش صار على طلبي', 'متابعة طلبي'],
  en: ['where is my request', 'status of my request'],
};

/** Free words in forms. */
export const needs: Words = {
  ar: [
    'راتب زوجي ما يكفي الإيجار وعندنا ثلاثة أطفال في المدرسة', 'توفي الوالد رحمه الله وأنا أعول أمي وإخواني',
    'عندي قسط متأخر وأحتاج من يعينني حتى أبدأ عملي الجديد', 'ابني يحتاج علاجًا طبيعيًا ومواصلات كل أسبوع',
    'انقطع دخلي من شهرين بعد ما تعبت، وأبحث عن عمل يناسبني', 'أسكن مع أهلي وأرغب أن أكمل تدريبي وأعتمد على نفسي',
    'أثاث البيت تلف في السيول وما قدرت أعوضه', 'أرملة وأصرف على أربعة من معاش التقاعد',
  ],
  en: [
    'My salary does not cover the rent of our flat this year', 'I care for my mother and two younger brothers',
    'I lost my work in spring and am looking for something new',
  ],
}; // prettier-ignore

export const products: Words = {
  ar: ['كليجا ومعمول', 'عبايات مطرزة', 'بهارات وقهوة عربية', 'صابون وعطور', 'سدو وحقائب'],
  en: ['Bread and sweets', 'Embroidered bags'],
};

export const suggestions: Words = {
  ar: [
    'يا ليت يكون عندكم موقف لكبار السن عند المدخل', 'لو ترسلون تذكير قبل الموعد بيوم يكون ممتاز',
    'أتمنى تمديد الدوام يوم الخميس', 'اقترح تحطون لوحة توضح الأوراق المطلوبة', 'الموظفات تعاملهم راقي، بس الانتظار يطول أحيانًا',
  ],
  en: ['Please open on one evening a week', 'A map with the parking places would help'],
}; // prettier-ignore

/** Why somebody appeals. */
export const objections: Words = {
  ar: [
    'الدخل اللي حسبتوه قبل ما ينقص راتبي، وعندي التعريف الجديد', 'العقد باسم والدي رحمه الله وانا الساكن، ارجو إعادة النظر',
    'ما استفدت من اي جهة ثانية، يمكن فيه تشابه اسماء', 'انا داخل النطاق، الحي انضم للمحافظة من سنة',
  ],
  en: ['My salary was cut after I applied, I can show the new letter', 'I do live inside the area that you serve'],
}; // prettier-ignore
