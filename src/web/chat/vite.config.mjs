import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../../dist/web', import.meta.url));

/** Takes the white space out of the styles and nothing else: what looks double is there for old browsers. */
const styles = {
  name: 'wasl-styles',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.css?raw')) return undefined;
    const css = readFileSync(id.replace('?raw', ''), 'utf8');
    return `export default ${JSON.stringify(minify(css))};`;
  },
};

const minify = (css) =>
  css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replaceAll(';}', '}');

/**
 * The widget's part of each language as a list, and `text('open')` as a place in it: the names of the texts would be
 * a twentieth of the download.
 */
const texts = {
  name: 'wasl-texts',
  enforce: 'pre',
  transform(code, id) {
    if (id.endsWith('.json')) {
      const { widget } = JSON.parse(code);
      return { code: `export const widget = ${JSON.stringify(names.map((name) => widget[name]))};`, moduleType: 'js' };
    }
    return id.endsWith('.ts') ? code.replace(/\btext\('(\w+)'\)/g, (_, name) => `text(${place(name)})`) : undefined;
  },
};

const names = Object.keys(JSON.parse(readFileSync(`${here}/../../../locales/ar.json`, 'utf8')).widget);

function place(name) {
  if (!names.includes(name)) throw new Error(`locales/ar.json has no widget.${name}`);
  return names.indexOf(name);
}

/** Also writes the styles as files: the page's, and the widget's for browsers that cannot adopt a style sheet. */
const styleFiles = {
  name: 'wasl-style-files',
  apply: 'build',
  writeBundle() {
    copyFileSync(`${here}/chat.css`, `${outDir}/chat.css`);
    copyFileSync(`${here}/../page.css`, `${outDir}/page.css`);
    for (const name of ['setup.js', 'sign-in.js']) copyFileSync(`${here}/../${name}`, `${outDir}/${name}`);
  },
};

/** Names of our own that neither the browser nor the wire knows, and that are never looked up by a string. */
const ours =
  /^(announce|attach|changed|choose|configured|connect|conversation|day|elements?|expect|input|instead|language|note|own|progress|receive|restart|resumed|retry|say|switchLanguage|withdraw)$/;

export default {
  root: here,
  configFile: false,
  publicDir: false,
  json: { namedExports: true, stringify: false },
  plugins: [styles, texts, styleFiles],
  build: {
    outDir,
    emptyOutDir: false,
    target: 'es2020',
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: { output: { minify: { mangleProps: { include: ours } } } },
    lib: { entry: `${here}/main.ts`, formats: ['iife'], name: 'waslChat', fileName: () => 'chat.js' },
  },
};
