import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAssets } from './conversation/create-assets.js';
import { FlowError } from './core/errors.js';
import { loadContent } from './flows/load.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `npm run check`: holds every file of `flows/` and `locales/` against the rules, for every organisation. */
function main(): string[] {
  const content = loadContent(root);
  const problems = [...content.organisations.values()].flatMap((organisation) => {
    try {
      createAssets(content, organisation, { messagesPerMinute: 60, messageLength: 4000 });
      return [];
    } catch (error) {
      if (error instanceof FlowError) return error.problems;
      throw error;
    }
  });
  if (problems.length > 0) throw new FlowError([...new Set(problems)]);
  const questions = content.faq.reduce((sum, { questions: { ar, en } }) => sum + ar.length + en.length, 0);
  return [
    'All is well:',
    `  ${content.organisations.size} organisations: ${[...content.organisations.keys()].join(', ')}`,
    `  ${content.faq.length} FAQ entries with ${questions} phrasings`,
    `  ${content.menus.length} menus, ${content.forms.length} forms`,
  ];
}

try {
  process.stdout.write(`${main().join('\n')}\n`);
} catch (error) {
  if (!(error instanceof FlowError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
