/** Questions as people type them, written apart from the FAQ's phrasings: Saudi speech with slips, some English. */
export const faqQuestions: readonly (readonly [question: string, id: string])[] = [
  // The organisation
  ['وش شغلكم بالضبط انتم', 'what-we-do'],
  ['عرفوني على الجمعيه وش تسوي', 'what-we-do'],
  ['هالجمعيه لمين', 'who-we-serve'],
  ['تساعدون مين من الناس بالضبط', 'who-we-serve'],
  ['ايش البرامج اللي تقدمونها', 'services'],
  ['وش الخدمات الي عندكم', 'services'],
  ['انتو جمعيه مرخصه ولا لا', 'is-it-official'],
  ['كيف اتأكد انكم رسميين مو نصابين', 'is-it-official'],
  ['مين يشرف على الجمعيه', 'where-from'],

  // Applying
  ['ابغا اقدم على الدعم شلون', 'how-to-apply'],
  ['كيف اسوي طلب مساعده عندكم', 'how-to-apply'],
  ['وش طريقة التقديم لو سمحتو', 'how-to-apply'],
  ['هل انا مستحق للدعم', 'who-may-apply'],
  ['ايش شروط القبول عندكم', 'who-may-apply'],
  ['ابي اقدم لامي كبيره بالسن ماتعرف', 'apply-for-someone'],
  ['جارتي محتاجه وابي اقدم عنها', 'apply-for-someone'],
  ['انرفضت قبل اقدر اقدم مره ثانيه', 'apply-again'],
  ['اقدر ارفع طلب ثاني بعد سنه', 'apply-again'],
  ['فيه رسوم على التقديم ولا ببلاش', 'cost'],
  ['فيه احد طلب مني فلوس عشان يسجلني', 'cost'],
  ['ما اعرف اكتب ولا اقرا كيف اقدم', 'not-comfortable-online'],
  ['ابوي شايب وما عنده جوال ذكي', 'not-comfortable-online'],

  // Papers
  ['وش الاوراق اللي تبونها', 'which-papers'],
  ['ايش المستندات المطلوبه للتقديم', 'which-papers'],
  ['ضاع كرت العايله وش اسوي', 'paper-missing'],
  ['عندي ورقه ناقصه ما لقيتها', 'paper-missing'],
  ['هويتي منتهيه ينفع اقدم فيها', 'papers-expired'],
  ['الاقامه خلصت صلاحيتها', 'papers-expired'],
  ['كيف ارسل لكم الاوراق', 'send-papers-how'],
  ['وين اسلم المستندات', 'send-papers-how'],
  ['ليش تبون كل هالاوراق', 'why-papers'],

  // The request itself
  ['كم سؤال بتسالوني', 'what-form-asks'],
  ['وش بتسالوني في النموذج', 'what-form-asks'],
  ['ممكن اكمل الطلب بكره', 'continue-later'],
  ['انقطع النت وانا اكتب الطلب يروح علي', 'continue-later'],
  ['اذا سكرت المحادثه ينحذف اللي كتبته', 'continue-later'],
  ['اقدم قبل واجيب الاوراق بعدين', 'papers-later'],
  ['اوراقي عند ابوي ارسلها بكره ينفع', 'papers-later'],
  ['شلون اوقع بالجوال', 'how-to-sign'],
  ['ولدي يقدر يوقع عني', 'how-to-sign'],
  ['ابي نسخه من اللي وقعته', 'declaration-copy'],
  ['وين القى رقم الطلب', 'my-reference'],
  ['ضيعت الرقم المرجعي', 'my-reference'],
  ['معي رقم الطلب وابي اشوف وين وصل', 'other-phone'],
  ['جاني رمز وش اسوي فيه', 'other-phone'],
  ['هويتي امنه عندكم', 'data-safe-in-chat'],
  ['can I continue my application later', 'continue-later'],
  ['where can I find my reference', 'my-reference'],

  // Signing
  ['ليه لازم اوقع', 'why-sign'],
  ['وش الكلام الي بالاقرار', 'what-declaration-says'],
  ['غلطت في بياناتي وابي اعدلها', 'wrong-data'],
  ['غيرت رقم جوالي كيف احدثه عندكم', 'wrong-data'],
  ['وش يصير لو احد كذب بالمعلومات', 'false-data'],

  // The committee
  ['وشهي لجنة البحث', 'what-is-committee'],
  ['مين اعضاء اللجنه', 'what-is-committee'],
  ['متى بيطلع قراركم', 'decision-time'],
  ['كم يوم ياخذ الطلب لين تردون', 'decision-time'],
  ['ليش طولتو علي', 'why-so-long'],
  ['ليه الرد متاخر كذا', 'why-so-long'],
  ['كيف اعرف انهم قبلوني', 'how-i-am-told'],
  ['طلبي وين صار', 'status'],
  ['ابغى اعرف وين وصل طلبي الله يعافيكم', 'status'],
  ['قدمت من اسبوعين وش صار على الطلب', 'status'],
  ['كيف حال طلبي عندكم', 'status'],
  ['هل فيه جديد بخصوص طلبي', 'status'],
  ['can you tell me where my request is', 'status'],
  ['what is the status of my application', 'status'],
  ['قبلتوني وش اسوي الحين', 'accepted-next'],
  ['ليش انرفض طلبي', 'rejected-why'],
  ['ابي اعترض على الرفض', 'appeal'],
  ['كيف اتظلم من قرار اللجنه', 'appeal'],

  // What people want to do
  ['ابغا اتطوع عندكم', 'start volunteer'],
  ['سجلني معكم متطوعه', 'start volunteer'],
  ['وش شروط التطوع عندكم', 'volunteer'],
  ['ابي ارفع شكوى على واحد من الموظفين', 'start complaint'],
  ['ودي اشتكي بدون ما تعرفون اسمي', 'start complaint'],
  ['لو اشتكيت عليكم بتوقفون مساعدتي', 'complaint'],
  ['خلو احد يدق علي', 'start call-back'],
  ['ابيكم تكلموني على الجوال', 'start call-back'],
  ['كم رقم الجمعيه', 'phone-call'],
  ['عندي فكره ابي اقترحها', 'start suggestion'],

  // English
  ['how can i aply for suport', 'how-to-apply'],
  ['what documents do you want from me', 'which-papers'],
  ['when will I get the decision', 'decision-time'],
];

/** Nothing of the FAQ's: the bot must not answer these as if it knew. */
export const offTopic: readonly string[] = [
  'كم سعر الدولار', 'مين فاز في المباراة امس', 'وش اخبار الطقس بكره في الرياض', 'ابي وصفة كبسة لحم', 'افضل جوال سامسونج ٢٠٢٦',
  'كيف اشغل البلوتوث في السياره', 'متى يبدأ الدوري السعودي', 'عاصمة فرنسا', 'احسب لي ٢٣ في ١٧', 'قول نكته', 'حجز طيران لجده',
  'سعر الذهب اليوم عيار ٢١', 'كيف اصلح مكيف سبلت', 'وش معنى كلمة فلسفة', 'هل تحب الهلال ولا النصر', 'اسم اغنية محمد عبده الجديده',
  'كم عدد سكان مصر', 'متى رمضان', 'علمني السباحة', 'كود خصم نون', 'افضل مطعم برقر بالخبر', 'شرح درس الكيمياء ثاني ثانوي',
  'who won the match', 'what is the price of bitcoin', 'best pizza in town', 'write me a poem about the sea', 'python list comprehension',
  'weather in london', 'asdfgh', 'qwe qwe', 'ضصثق', 'هههههههه', 'لالالا', 'جججج', '؟؟؟؟', '123456', '٥', '👍', '😂😂😂', '.', 'x', 'ا',
]; // prettier-ignore
