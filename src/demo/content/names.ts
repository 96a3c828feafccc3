/** Names of people who do not exist, as they are common in the Kingdom. */
export const men = [
  'محمد', 'عبدالله', 'فهد', 'سلطان', 'خالد', 'سعود', 'ناصر', 'بندر', 'تركي', 'ماجد', 'عبدالرحمن', 'سالم', 'يوسف', 'إبراهيم',
  'مشعل', 'نايف', 'عبدالعزيز', 'صالح', 'حمد', 'راشد', 'علي', 'حسن', 'أحمد', 'عمر', 'زياد', 'مساعد', 'هادي', 'عايض', 'مرزوق', 'جابر',
] as const; // prettier-ignore

export const women = [
  'نورة', 'سارة', 'هيا', 'منيرة', 'الجوهرة', 'لطيفة', 'موضي', 'حصة', 'شيخة', 'مها', 'ريم', 'أمل', 'هند', 'عائشة', 'فاطمة',
  'مريم', 'خديجة', 'بدرية', 'عبير', 'وضحى', 'دلال', 'غادة', 'أسماء', 'فوزية', 'جواهر', 'صفية', 'رقية', 'مزنة', 'تهاني', 'ابتسام',
] as const; // prettier-ignore

/** Of fathers, for both. */
export const fathers = [
  'سعد', 'محمد', 'عبدالله', 'مبارك', 'ناصر', 'عوض', 'حمود', 'سليمان', 'دخيل', 'فلاح', 'حسين', 'مطلق', 'عيد', 'غازي', 'عطية',
  'ضيف الله', 'عبدالمحسن', 'يحيى', 'موسى', 'أحمد', 'سعيد', 'بكر', 'عثمان', 'طلال', 'جمعان',
] as const; // prettier-ignore

export const families = [
  'القحطاني', 'العتيبي', 'الحربي', 'المطيري', 'الشمري', 'الدوسري', 'الغامدي', 'الزهراني', 'الشهري', 'العنزي', 'السبيعي', 'البلوي',
  'الجهني', 'الرشيدي', 'السلمي', 'الثقفي', 'المالكي', 'عسيري', 'الأحمري', 'البقمي', 'الحازمي', 'الخالدي', 'العمري', 'القرني',
  'اليامي', 'فلاتة', 'هوساوي', 'برناوي', 'خوجة', 'السقاف', 'باوزير', 'النجار', 'الصالح', 'المحيسن', 'الرويلي', 'الحويطي',
] as const; // prettier-ignore

/** Of those who write English. */
export const englishNames = [
  'Mohammed Yusuf Rahman', 'Amina Bello Hassan', 'Ibrahim Saeed Khan', 'Fatima Noor Ahmed', 'Omar Abdullah Osman',
  'Maryam Ali Hussein', 'Khalid Ahmed Siddiqui', 'Zainab Musa Ibrahim', 'Yousef Karim Haddad', 'Salma Adel Mansour',
  'Bilal Ahmad Sheikh', 'Hana Tesfaye Ahmed', 'Adam Idris Yahya', 'Layla Samir Darwish', 'Tariq Mahmood Butt',
  'Aisha Abubakar Sani', 'Hamza Farooq Malik', 'Ruqayya Salim Said', 'Nabil Hatem Saleh', 'Sumaya Jamal Omar',
] as const; // prettier-ignore

export const places = {
  ar: [
  'سكاكا، حي النسيم', 'جدة، حي الروضة', 'ينبع، حي السلام', 'الرياض، حي النزهة', 'تبوك، حي الخالدية', 'حائل، حي العزيزية',
  'الطائف، حي المروج', 'أبها، حي البادية', 'بريدة، حي الربوة', 'جازان، حي المنار', 'نجران، حي الفيصلية', 'الأحساء، حي المنصورة',
],
  en: ['Sakaka, Al-Naseem district', 'Jeddah, Al-Rawdah district', 'Tabuk, Al-Khalidiyah district', 'Hail, Al-Aziziyah district'],
} as const; // prettier-ignore

/** The staff of the made-up association: two officers, a researcher, and the committee with its head. */
export const staff = [
  { id: 'huda', name: 'هدى العبدالكريم', roles: ['officer'] },
  { id: 'majed', name: 'ماجد السليم', roles: ['officer'] },
  { id: 'reem', name: 'ريم الفوزان', roles: ['researcher'] },
  { id: 'salem', name: 'سالم الراجح', roles: ['committee'] },
  { id: 'mona', name: 'منى الحميد', roles: ['committee'] },
  { id: 'ibrahim', name: 'إبراهيم المنصور', roles: ['admin', 'committee'] },
] as const;
