/**
 * Words that mean the same to a person who writes to an association, by concept: Saudi speech first (Najd, Hijaz, the
 * South, the East), then standard Arabic, what Syrian, Egyptian and Yemeni residents write, and English. Written as
 * people spell them; matching normalises, and takes off articles and endings, so one form of a word is often enough.
 * A word stands under one concept only. To teach the bot a word, add it here.
 */
export const concepts = {
  // Asking
  what: 'ماذا ايش وش اش ويش شو شنو ايه وشو وشي وشهو وشهي شنهو ايشو ماهو ماهي ماهية مالمقصود what whats which',
  why: 'لماذا ليش ليه لويش علاش ليهش وراه وشوله لأيش why سبب اسباب السبب سببه reason reasons',
  how: 'كيف شلون اشلون وشلون كيفية كيفه ازاي طريقة طريقه طريقتها خطوات آلية كيفها how way steps procedure',
  when: 'متى امتى ايمتى متا وقتاش متين ومتى بمتى when',
  where: 'اين وين فين وينه وينها وينكم فينكم فينه وينهم وينك منين where',
  who: 'مين منو منهو مينهو منهي who whos whose',
  'how-many': 'كم كام قديش قدايش كمية',
  there: 'يوجد فيه توجد متوفر متاح متوفرة يتوفر موجود موجودة عندكم عندك لديكم لديك عندهم اكو available',
  can: 'يمكن ممكن اقدر استطيع بإمكاني يمديني يمدي نقدر تقدر تقدرون يقدر نستطيع تستطيع امكانية اقدرش can could possible able',
  allowed:
    'يحق يجوز مسموح ينفع يصلح يحقلي مؤهل استحق مستحق شروط شرط الاستحقاق eligible allowed qualify conditions entitled',
  want: 'اريد ابغى ابي ابا ابغا ودي بدي عايز عاوز نبغى نبي نريد ارغب اود تبون تبغون يبي يبغى تبي تبغى نفسي حاب حابب حابة حابه want wish would like',
  need: 'احتاج محتاج محتاجة محتاجه محتاجين نحتاج تحتاجون احتياج احتياجات يحتاج تحتاج need needs needed',
  must: 'لازم يجب يلزم يلزمني ضروري مطلوب مطلوبة المطلوبه المطلوب تطلبون اجباري شرطا must required require mandatory',
  tell: 'قولي قولوا خبرني خبروني علمني علموني وضح وضحوا اشرح شرح فهمني اخبرني افيدوني افدني عطوني tell explain',
  know: 'اعرف ادري يعرف يدري يعرفون يدرون تعرف نعرف ندري يدرى معرفة know',
  do: 'اسوي سوي نسوي تسوون اعمل افعل يسوي سويت نعمل اتصرف',
  not: 'مو مب مش موب ليس لم لن ماني مانيب لست مهوب ماهوب ماهوش not no dont didnt doesnt isnt cant cannot wont',
  have: 'عندي لدي معي معاي عندنا have got',
  without: 'بدون بلا دون without',

  // Time
  now: 'الآن الحين دحين ذحين هالحين ذالحين الحينه هسا هسه هلق دلوقتي حاليا حالا توا now currently',
  new: 'جديد جديدة جديده new',
  forget: 'نسيت نسيتوا ناسي نسيتوني تنسون forgot forget forgotten',
  original: 'اصل الأصل اصلية نسخة صورة نسخ original originals copy copies',
  certificate: 'شهادة شهاده كرت تعريف عقد كشف certificate card statement contract',
  today: 'اليوم ليوم النهارده today tonight',
  tomorrow: 'بكره بكرا غدا باكر tomorrow',
  urgent:
    'بسرعة عاجل عاجلة مستعجل مستعجلة مستعجله فورا فوري سريع طارئ طارئة طوارئ اسرع ضروريه urgent urgently emergency immediately quickly asap fast',
  late: 'تأخر تأخرتوا تأخير متأخر يتأخر تتأخر ابطى ابطيتوا بطيء طول طولتوا يطول طويل طويلة مطولين long late delay slow',
  wait: 'انتظر انتظار استنى بستنى ننتظر انتظرت انطر ناطر اترقب wait waiting',
  duration:
    'مدة مده يستغرق تستغرق ياخذ تاخذ ياخد مهلة يوم ايام يومين اسبوع اسبوعين اسابيع شهر شهرين duration days week weeks month اقصى تاريخ',
  hours:
    'دوام دوامكم ساعات اوقات وقت مواعيد ساعة الساعه تفتحون تفتحوا تقفلون تسكرون مفتوح مفتوحين مغلق مغلقين تداومون يداوم يفتح يقفل hours open opening close closed working',
  weekend: 'الجمعة السبت الخميس الاحد اجازة عطلة weekend friday saturday holiday',
  year: 'سنة سنه عام سنوات سنوي سنويا year yearly annual',
  again: 'ثاني ثانية ثانيه مجددا كمان اعيد اعادة مرتين again twice reapply second another',
  before: 'قبل سابقا سابق قبلها before previously',
  after: 'بعد بعدها بعدين عقب عقبها after afterwards next then',

  // Money
  money: 'فلوس دراهم نقود مال مبلغ كاش ريال ريالات قروش مصاري فلس زلط مبالغ بيزات money cash amount riyal riyals sar',
  cost: 'سعر رسوم تكلفة مجاني مجانا ببلاش بلاش بكم كلفة تكلف يكلف اجرة ثمن مجانية مقابل free fee fees cost charge price',
  pay: 'ادفع دفع يدفع تدفع ندفع سداد اسدد تسديد مدفوع pay payment paid paying',
  bank: 'بنك مصرف ايبان آيبان بنكي بنوك bank iban',
  account: 'حساب حسابي حسابات account',
  transfer: 'تحويل حوالة حولت تحويلات احول يحول transfer',
  income: 'دخل راتب رواتب معاش تقاعد ضمان راتبي دخلي ضماني التأمينات income salary pension wage',
  debt: 'ديون دين قرض قروض مديون اقساط قسط تعثر debt debts loan',
  bill: 'فاتورة فواتير كهرباء كهربا مويه مياه bill bills electricity water',

  // Papers and requests
  papers:
    'اوراق ورق وثائق مستندات مستند ورقة وثيقة مستمسكات مرفقات مرفق ملفات ملف صور اثبات اثباتات papers paper documents document files proof',
  identity: 'هوية هويه هويتي اقامة جواز احوال سجل بطاقه identity id passport iqama',
  expired: 'منتهية منتهي انتهت تنتهي خلصت صلاحية منتهيه ساريه سارية قديمة قديمه expired expire expiry valid outdated',
  renew: 'تجديد اجدد جددت يجدد تجدد renew renewal',
  missing: 'ناقص ناقصة ناقصه ينقص ينقصني ضاع ضاعت ضايع ضايعة فقدت مفقود نقص تنقص missing lost lack incomplete',
  complete: 'اكمل اكمال كامل استكمال تكميل كملت اكملت استكمل مكتمل complete finish',
  request: 'طلب طلبي طلبات معاملتي معاملات طلبنا request application اطلب طلبته طلبوا ask asking',
  apply: 'اقدم تقديم قدمت يقدم التقديم نقدم تقدمت اتقدم مقدم ارفع apply applying applied',
  register: 'تسجيل اسجل سجلت يسجل نسجل مسجل انضم انضمام تسجيلي اشترك register registration enrol enroll join',
  form: 'نموذج استمارة نماذج فورم النموذج اعبي تعبئة form fill يعبي نعبي تعبي',
  send: 'ارسل ارسال ابعث اطرش ارفق ارسلت اسلم تسليم ادز دز ابعت اصور send submit upload attach hand deliver اجيب اجيبها نجيب جيب bring',
  receive: 'استلم استلام وصل توصل يوصل وصلت استلمت تجيني يجيني جاني تجي يجي receive received get',
  give: 'تعطون تعطوني تصرفون صرف يعطوني يصرف تصرف تعطي منح اعطيتوني give grant disburse',
  committee: 'لجنة لجنه لجان اللجنه باللجنة اعضاء committee panel board members',
  decision: 'قرار نتيجة نتيجه قراركم قرارات يقررون نتايج تقرر يقرر decision result outcome decide decides',
  reply:
    'رد ردكم يردون تردون جواب اجابة تجاوبون ترد يرد ردوا تبلغوني ابلاغ يبلغوني reply answer response notify hear told informed',
  accept:
    'قبول مقبول قبلوا انقبل انقبلت وافقوا وافق موافقة قبلتوني القبول accepted accept approved approve approval acceptance approves يوافق توافق',
  reject:
    'رفض مرفوض انرفض رفضوا رفضتوني انرفضت رفضتوا رفضكم يرفضون reject rejected refused refuse denied declined rejection refusal ينرفض يرفض',
  appeal: 'اعتراض اعترض تظلم استئناف اتظلم معترض appeal object objection reconsider',
  review:
    'دراسة يدرسون مراجعة تدقيق فحص تدرس تدرسون بحث الباحث باحثة review reviewing study studied check checking research النظر',
  status: 'حالة حاله حالتها صار وصله status progress track',
  sign: 'توقيع اوقع وقع وقعت توقع بصمة ابصم توقيعي sign signing signature signed',
  declaration: 'اقرار تعهد اتعهد اقر الاقرار اقراري declaration declare pledge undertaking',
  wrong: 'خطأ غلط غلطت اخطأت خاطئة غلطان خاطي غلطه غلطة خربطت لخبطت wrong mistake error incorrect',
  change:
    'تغيير تعديل اغير اعدل تحديث غيرت بدلت احدث تغيرت تبديل تغير اصحح تصحيح change changed edit update updated correct modify moved',
  false: 'كذب كذاب مزور مزورة تزوير غش كذبت يكذب زور كاذبة احتيال false lie lied lying fake forged fraud',
  cancel: 'الغاء الغي اسحب كنسل انسحب تراجعت اوقف ايقاف سحب الغيه اكنسل cancel withdraw stop',
  delete: 'حذف احذف امسح مسح شيل شيلوا تحذفون تمسحون امسحوا احذفوا delete remove erase',

  // Reaching us
  phone: 'هاتف جوال تلفون موبايل تلفونكم جوالكم جوالي تليفون محمول هاتفي phone mobile telephone cell smartphone جوالات',
  call: 'اتصل ادق دقيت اتصال اتصلت مكالمة اكلمكم نتصل تتصلون يتصل اكلم كلم call calling ring',
  number: 'رقم ارقام نمرة رقمكم نمره number numbers',
  contact: 'تواصل اتواصل التواصل نتواصل اوصلكم اوصللكم تواصلوا اراسلكم contact reach touch تكلموني تدقون تكلمني',
  whatsapp: 'واتس واتساب واتسب الواتس وتس وتساب واتسكم whatsapp',
  email: 'ايميل بريد ايميلكم اميل الايميل email mail',
  website: 'رابط لينك ويب سايت الرابط صفحتكم website site link page url',
  '': 'تويتر اكس سناب انستقرام انستا تيليجرام تلجرام سوشل حساباتكم twitter instagram snapchat telegram social',
  letter: 'خطاب خطابات رسالة مكتوب رسائل letter letters post',
  location:
    'موقع موقعكم عنوان لوكيشن مكان مكانكم مقر مقركم فرع فروع خريطة مكتب حي شارع العنوان لوكيشنكم address location office branch map located',
  visit: 'ازور زيارة اجي اجيكم حضور احضر اراجع ازوركم امر امركم نجي نزوركم اراجعكم شخصيا visit come person',
  appointment: 'موعد حجز احجز مقابلة مقابله اقابل اجتماع appointment interview meeting book',
  employee:
    'موظف موظفة موظفين موظفات الموظفه موظفكم موظفتكم مندوب مندوبين مندوبكم مسؤول مسؤولة staff employee officer delegate worker representative',
  human: 'شخص انسان بشري احد حد واحد آدمي ناس human someone agent people everyone anybody',
  robot: 'روبوت بوت ريبوت برمجة اصطناعي robot bot machine automated ai',
  online: 'نت انترنت اونلاين الكتروني تطبيق النت الكترونيا online internet app electronic',
  language: 'لغة لغه عربي انجليزي انقلش انجلش بالعربي language english arabic',

  // Who we are, what we give
  association:
    'جمعية جمعيه مؤسسة جمعيتكم خيرية جمعيات المؤسسه مؤسستكم منظمة association foundation charity organisation organization',
  official:
    'ترخيص رسمي رسمية مرخص مرخصة معتمد معتمدة مصرح تصريح موثوقة نصب نصابين محتالين رخصة نظامية نظامي official licence license licensed legit scam legal genuine يثبت حقيقية حقيقي صادقين real authentic',
  supervise:
    'اشراف تشرف يشرف تابع تابعة تابعين تتبع وزارة يدير يديرها مجلس ادارة الادارة supervise supervises ministry runs manages حكومة حكومية حكومي الدولة government',
  help: 'مساعدة مساعده دعم معونة اعانة مساعدات تساعدون ساعدوني عون فزعة فزعتكم معونات اعانات دعمكم تدعمون تساعدني يساعد يساعدني ساعدني help support aid assistance assist يعين',
  service:
    'خدمة خدمه خدمات خدماتكم برامج تقدمون برامجكم خدماتها تقدموا service services programs programmes offer provide',
  beneficiary:
    'مستفيد مستفيدين مستفيدة مستفيدات المستفيد فئات تخدمون beneficiary beneficiaries serve استفيد الاستفادة استفدت يستفيد benefit',
  right: 'حق حقوق حقوقي rights',
  policy: 'سياسة لائحة نظام سياسات لوائح انظمة قوانين policy policies rules bylaws',
  family:
    'عائلة اسرة اسره اهل عيال اولاد عيالي اهلي ابناء بنات اطفال زوجتي زوجي طفل اسر family kids children wife husband',
  relative:
    'امي والدتي الوالدة ابوي والدي الوالد اخوي اختي جدتي جدي جاري جارتي جارنا قريبي صديقي خويي عمي خالتي عمتي خالي بنتي ولدي امه جيراني جيران قرايبي اقارب mother father brother sister neighbour neighbor neighbours friend son daughter relative mom dad grandmother parents',
  behalf: 'نيابة بدال غيري لغيري وكيل وكالة عنه عنها توكيل behalf instead proxy',
  poor: 'فقير فقيره فقراء معسر مسكين مساكين فقر ضعيف المحتاجين poor needy poverty ظروفي ظروف circumstances',
  vulnerable:
    'ارملة ارمله مطلقة مطلقه يتيم ايتام ارامل مطلقات معاق اعاقة widow divorced orphan orphans disabled disability',
  elderly: 'كبير كبيرة كبيره عجوز مسن مسنة شايب كبار سن elderly aged السن العمر عمر age old',
  illiterate: 'اقرأ اكتب يقرأ تقرأ يكتب القراءة الكتابة read write',
  house: 'بيت سكن شقة منزل مسكن سكني بيوت شقه house housing flat apartment home',
  rent: 'ايجار اجار ايجارات كراء مستأجر ايجاري اجاري rent rental tenant',
  food: 'اكل سلة غذائية ارزاق مونة طعام مقاضي غذاء food groceries basket',
  health: 'علاج مستشفى مريض دواء طبي مرض عملية اسعاف treatment hospital sick medical medicine ambulance',
  education: 'مدرسة جامعة تعليم مدارس دورة دورات تدريب school university education training course',
  furniture: 'اثاث غسالة ثلاجة مكيف اجهزة furniture appliances fridge',
  job: 'شغل وظيفة وظيفه توظيف وظائف عمل اشتغل وظايف توظفون job jobs employment vacancy vacancies',
  follow: 'متابعة تتابعون تتابعوني يتابع تسألون follow followup',
  more: 'زيادة اكثر ازيد اضافي اضافية more extra additional',

  // Helping us
  volunteer: 'تطوع متطوع اتطوع تطوعي متطوعة التطوع تطوعية نتطوع متطوعين volunteer volunteering',
  donate: 'تبرع اتبرع صدقة زكاة تبرعات وقف متبرع تبرعت صدقه زكاه اتصدق donate donation zakat',
  partner:
    'شراكة شريك تعاون نتعاون رعاية راعي شركة شركات شراكه شركتنا partner partnership sponsor company collaborate cooperation',

  // Being heard
  complaint: 'شكوى شكوي اشتكي شكاوي بلاغ شكاوى اشكي شكيه ابلغ اتشكى complaint complain report',
  suggestion: 'اقتراح مقترح اقترح فكرة ملاحظة اقتراحات رأيي رايكم فكره ملاحظه suggestion suggest idea feedback opinion',
  rate: 'تقييم اقيم تقيم تقييمي نجوم استبيان قيمت تقييمكم تقيمون rating rate evaluate evaluation survey score',
  rude: 'وقح اسلوب اسلوبه عصب صرخ اهانني اهان سيئ سيء احترام اسأؤوا يصرخ صارخ ازعجني جرحني rude disrespect shouted insulted badly treated unfair',
  discrimination: 'تمييز عنصرية يفرقون تفرقون عدل ظلم ظلموني مظلوم discrimination discriminate racism',
  punish:
    'عقاب يعاقب تعاقبون ضدي يضرني يأثر تأثر يزعل ينتقم punish against affect harm عقوبة عقوبات جزاء penalty punishment consequences consequence',
  connections: 'واسطة واسطه واسطات معارف محسوبية توصية فيتامين wasta connections nepotism favouritism',
  shame:
    'عيب استحي خجل خجلان خجلانة اتفشل فشلة مستحي مستحية محرج احراج منحرج خجلانه فشله shame ashamed embarrassed shy embarrassing',
  danger:
    'عنف يضرب يضربني ضرب تهديد يهدد يهددني خطر ضربني تعنيف معنف معنفة اعتداء تحرش violence abuse danger dangerous hit beats hurt threat threatened',

  // Data
  data: 'بيانات بياناتي معلومات معلوماتي بياناتكم معلوماته data information details info',
  privacy: 'خصوصية خصوصيه سرية سري سريه خاص تفشون تسرب private privacy confidential secret',
  see: 'يشوف يطلع تشوفون يطالع يشوفون يشوفها يطلعون اشوف see sees view access look',
  safe: 'امان امن آمن آمنة ثقة اثق مضمون اخاف خايف خايفة safe secure trust safely',
  keep: 'تحتفظون تحفظون يحفظ تخزنون احتفاظ حفظ keep store stored',

  // Courtesy
  greeting:
    'السلام سلام هلا مرحبا اهلا حياكم حياك صباح مساء هاي مراحب ياهلا مرحبتين هلو الو hello hi hey morning greetings salam',
  thanks:
    'شكرا مشكور مشكورين مشكورة تسلم تسلمون جزاك جزاكم ممنون يعطيك يعطيكم العافية ماقصرت ماقصرتوا thanks thank thx grateful appreciate',
  goodbye: 'وداعا باي سلامة السلامه استودعكم bye goodbye farewell',
  problem: 'مشكلة مشكله مشاكل عطل يعلق خربان معلق problem issue trouble',
} as const satisfies Record<string, string>;

/** Words that carry no topic: they may join a question without changing what it asks. */
export const stopWords =
  'في من على عن الى ان هذا هذه هذي هاذي هذولا ذا ذي ذلك تلك التي الذي اللي الي هو هي هم انا انت انتم انتوا احنا نحن هل لو سمحت ' +
  'سمحتم سمحتوا فضلك تكفى تكفون الله يا اخي كان كانت يكون تكون قد و ف ب ل لي لك لكم له لها لهم عندما اذا اما او ثم ' +
  'كل بعض حتى مع بين عبر بس طيب يعني والله بالله مثلا ايضا لكن لأن لاني علي عليه عليكم فيها فيكم به بها حقي حقكم حقتكم تبع ' +
  'a an the is are was be to of in on at for and or if it its this that i im me my we us our you your do does did please with ' +
  'from by about any some there so just';
