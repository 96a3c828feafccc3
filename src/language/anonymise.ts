import { latinDigits, normalise } from './normalise.js';

export interface Anonymised {
  /** What names or numbers somebody is covered by an ellipsis in brackets. */
  text: string;
  /** Whether anything is said beside. */
  says: boolean;
}

const covered = '[…]';

const patterns: readonly RegExp[] = [
  // Addresses: e-mail, web, names in social networks.
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu,
  /(?:https?:\/\/|www\.)\S+/giu,
  /@[\p{L}\p{N}_]{2,}/gu,
  // References, account numbers.
  /\b[A-Za-z]{2,3}-?[0-9A-Za-z]{4}-[0-9A-Za-z]\b/gu,
  // The same as people write them; a digit tells them from words, though one that stands alone does so of capitals only:
  // "had to wait 3 weeks" is none.
  /\b[A-Za-z]{2,3}[\s-]?(?=[A-Za-z]{0,3}\d|[A-Za-z]{4}-?\d|[A-Z]{4}\s\d)[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]\b/gu,
  /\bSA\s?\d(?:\s?\d){10,}/giu,
  // Numbers of three digits and more, however they are grouped; a count of days or riyals names nobody.
  /\+?\d(?:[\s\-_./(),،٬٫\u00a0\u2010-\u2015]*\d){2,}/gu,
  // Names of two words, of which everybody says the second.
  /(?<![\p{L}\p{M}])[وف]?[بلك]?عبد\s+ال[\p{L}\p{M}]+/gu,
];

const nameWord = String.raw`\p{L}[\p{L}\p{M}'’]+`;
/** Words after which a name follows; what they say themselves stays. */
const titles =
  '[وف]?(?:اسمي|إسمي|(?:ال|لل|بال)(?:[اأ]ستاذ[ةه]?|دكتور[ةه]?|شيخ[ةه]?|مهندس[ةه]?|[اأ]خت?|موظف[ةه]?|سيد[ةه]?)|ابو|أبو|أم|ام|بنت|ولد|بن|ابن)';
const afterTitle = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(${titles})\s+(${nameWord})(\s+(?:بن|بنت|آل|ال)\s+${nameWord})?`,
  'gu',
);
const englishTitle = /\b(my name is|i am called|mr|mrs|ms|miss|dr|sheikh|umm|abu|brother|sister)\.?\s+([A-Za-z][A-Za-z'’-]+)/giu; // prettier-ignore

/** Names that are hardly ever anything but names, in normal spelling. */
const knownNames = new Set(
  'محمد احمد عبدالله عبدالرحمن عبدالعزيز عبداللطيف ابراهيم اسماعيل يوسف فاطمه عايشه خديجه مريم زينب سلطان تركي خالد فهد سعود فيصل بندر نايف طلال مشعل متعب عبير نوره منيره حصه لولوه موضي هيا شيخه غاده ريم هند ساره رقيه اسماء خلود نوف العنود الجوهره القحطاني العتيبي الشمري الحربي الدوسري المطيري الغامدي الزهراني العنزي الشهري السبيعي الرويلي الشراري البلوي الجهني mohammed mohammad muhammad ahmed ahmad abdullah fatima fatimah ibrahim yousef khalid fahad faisal aisha maryam noura sara sarah'.split(
    ' ',
  ),
);

/** Parts of names that everybody says: to cover them would tell whose name they are part of. */
const everybodys = new Set(['الله', 'عبد', 'الدين', 'الرحمن']);

/**
 * Covers what may tell who somebody is: numbers, addresses, references, names after a title, well-known names, and the
 * `names` that are known of those concerned. It covers too much rather than too little.
 */
export function anonymise(text: string, names: readonly string[] = []): Anonymised {
  let rest = latinDigits(text.normalize('NFC'));
  for (const pattern of patterns) rest = rest.replace(pattern, covered);
  rest = rest.replace(afterTitle, `$1 ${covered}`).replace(englishTitle, `$1 ${covered}`);
  const own = new Set(
    names.flatMap((name) => normalise(name).split(' ')).filter((word) => word.length >= 3 && !everybodys.has(word)),
  );
  rest = rest.replace(/[\p{L}\p{M}'’]+/gu, (word) => (isName(word, own) ? covered : word));
  rest = rest
    .replace(/\[…\](?:\s*\[…\])+/gu, covered)
    .replace(/\s+/g, ' ')
    .trim();
  return { text: rest, says: /\p{L}{2}/u.test(rest.replaceAll(covered, '')) };
}

function isName(word: string, own: ReadonlySet<string>): boolean {
  const said = normalise(word);
  const bare = said.replace(/^[وف](?=.{3})/u, '');
  return [said, bare, ...[said, bare].map((one) => one.replace(/^[بلك](?=.{3})/u, ''))].some(
    (one) => own.has(one) || knownNames.has(one),
  );
}
