const articles = ['وبال', 'ولل', 'وال', 'بال', 'فال', 'كال', 'هال', 'عال', 'لل', 'ال'];
const suffixes = [
  'ها', 'هم', 'هن', 'كم', 'كن', 'نا', 'ني', 'اتي', 'اته', 'اتك', 'ات', 'ان', 'ون', 'ين', 'وا', 'تي', 'تك', 'ي', 'ه', 'ك', 'ت', 'و',
]; // prettier-ignore
const englishSuffixes = ['ations', 'ation', 'ings', 'ing', 'ies', 'ied', 'ed', 'es', 'ly', 's', 'e', 'y'];

/** What is left of a stem after its endings; shorter roots are too alike. */
const shortest = 3;

/**
 * A normalised word without article, joined particles and endings: "وللأوراق" and "أوراقكم" meet. Light on purpose:
 * it never looks for roots.
 */
export const stem = (word: string): string => (/^[a-z]/.test(word) ? stemEnglish(word) : stemArabic(word));

function stemArabic(word: string): string {
  let rest = withoutArticle(word) ?? withoutParticles(word);
  for (let pass = 0; pass < 3; pass++) {
    const ending = suffixes.find((suffix) => rest.endsWith(suffix) && rest.length - suffix.length >= shortest);
    if (ending === undefined) break;
    rest = rest.slice(0, -ending.length);
  }
  return rest;
}

function withoutArticle(word: string): string | undefined {
  const article = articles.find((prefix) => word.startsWith(prefix) && word.length - prefix.length >= shortest);
  return article && word.slice(article.length);
}

function withoutParticles(word: string): string {
  const joined = word.length > shortest + 1 && /^[وف]/.test(word) ? word.slice(1) : word;
  return joined.length > shortest && /^[بلك][ايتن]/.test(joined) ? joined.slice(1) : joined;
}

function stemEnglish(word: string): string {
  const ending = englishSuffixes.find((suffix) => word.endsWith(suffix) && word.length - suffix.length >= shortest);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/**
 * The consonants that the forms of one root share: "يقدمون", "تقديم" and "مقدم" meet. Undefined when fewer than two
 * are left; then the stem itself says more.
 */
export function skeleton(stemmed: string): string | undefined {
  if (/^[a-z]/.test(stemmed)) return undefined;
  const bare = stemmed.length > shortest ? stemmed.replace(/^(?:[يتنما]?ست|[يتنما])(?=..)/, '') : stemmed;
  const consonants = bare.replace(/[اوي]/g, '');
  return consonants.length >= 2 ? consonants : undefined;
}
