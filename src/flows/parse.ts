import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** A file's content, or what is wrong with it: one line a problem, with file, line, path and what to do. */
export type Parsed<T> = { type: 'parsed'; value: T; lineOf(path: Path): number } | { type: 'wrong'; problems: string[] };

type Path = readonly PropertyKey[];

/** Reads a YAML file and holds it against its schema. `name` is how the problems call it. */
export function parseYamlFile<T>(file: string, name: string, schema: z.ZodType<T>): Parsed<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      type: 'wrong',
      problems: document.errors.map((error) => `${name}:${lines.linePos(error.pos[0]).line}  ${error.message}`),
    };
  }
  const lineOf = (path: Path): number => lines.linePos(offsetOf(document, path)).line;
  const content = plain(document);
  if (content.type === 'wrong') return { type: 'wrong', problems: [`${name}:1  ${content.message}`] };
  const result = schema.safeParse(content.value);
  if (result.success) return { type: 'parsed', value: result.data, lineOf };
  const problems = result.error.issues.flatMap(flatten).map(({ path, message }) => {
    const place = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
    return `${name}:${lineOf(path)}  ${place}${message}`;
  });
  return { type: 'wrong', problems };
}

/** Aliases are resolved only now: one to nothing, or one that grows without end, is the author's mistake. */
function plain(document: Document.Parsed): { type: 'plain'; value: unknown } | { type: 'wrong'; message: string } {
  try {
    return { type: 'plain', value: document.toJS() };
  } catch (error) {
    return { type: 'wrong', message: error instanceof Error ? error.message : 'The aliases cannot be resolved' };
  }
}

type Issue = { path: Path; message: string };

/** Of alternatives that all failed, the one that came furthest says best what is wrong. */
function flatten(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'invalid_union') return [{ path: issue.path, message: issue.message }];
  const deepest = issue.errors
    .map((errors) => errors.flatMap(flatten))
    .toSorted((a, b) => longest(b) - longest(a))
    .at(0);
  if (!deepest || longest(deepest) === 0) return [{ path: issue.path, message: deepest?.[0]?.message ?? issue.message }];
  return deepest.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

const longest = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));

/** Where the node at `path` begins; of something that is missing, where the nearest thing around it does. */
function offsetOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = isRanged(node) ? node.range : undefined;
    if (range) return keyOffset(document, path.slice(0, length)) ?? range[0];
  }
  return 0;
}

/** The key stands on the line that a person looks for, its value often on the next. */
function keyOffset(document: Document.Parsed, path: Path): number | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  return isRanged(pair?.key) ? pair.key.range[0] : undefined;
}

const isRanged = (node: unknown): node is { range: [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
