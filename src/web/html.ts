/** A piece of HTML that is safe to send. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | undefined | readonly (Html | undefined)[];

/** HTML as a template; whatever is put into it is escaped, unless it is `Html` itself. Undefined leaves nothing. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.map((string, index) => string + print(pieces[index])).join(''));
}

function print(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(print).join('');
  return String(piece).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
