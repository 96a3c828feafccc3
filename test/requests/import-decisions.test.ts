import { array, assert, asyncProperty, constantFrom, oneof, string, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/requests/decisions.js';
import { importDecisions } from '../../src/requests/import-decisions.js';
import { largestImport, readImport } from '../../src/requests/import-file.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createCommittee } from './committee.js';

const codes = (text: string) => readImport(text).problems.map(({ row, column, problem }) => [row, column, problem]);

describe('a file of decisions', () => {
  const row = { reference: 'ASB-7K3Q-9', decision: 'accept', reason: 'دخل دون الكفاية، وأسرة من ستة' };

  it.each([
    ['commas', 'reference,decision,reason\r\nASB-7K3Q-9,accept,"دخل دون الكفاية، وأسرة من ستة"\r\n'],
    ['semicolons', 'reference;decision;reason\nASB-7K3Q-9;accept;دخل دون الكفاية، وأسرة من ستة'],
    ['tabs, in another order', 'decision\treference\treason\naccept\tASB-7K3Q-9\tدخل دون الكفاية، وأسرة من ستة'],
    [
      'Arabic headings and a byte order mark',
      '\uFEFFرقم الطلب,القرار,السبب\nASB-7K3Q-9,accept,دخل دون الكفاية، وأسرة من ستة',
    ],
    ['old Macintosh lines', 'reference,decision,reason\rASB-7K3Q-9,accept,دخل دون الكفاية، وأسرة من ستة\r'],
    [
      'mixed lines and padding',
      '\nReference ,Decision,Reason,,\r\n\n ASB-7K3Q-9 ,accept,دخل دون الكفاية، وأسرة من ستة,,\n,,,,\n',
    ],
  ])('is read with %s', (_name, text) => {
    const { rows, problems } = readImport(text);
    expect(problems).toEqual([]);
    expect(rows.map(({ cells }) => cells)).toEqual([row]);
  });

  it('counts rows as a spreadsheet does, also with lines inside a cell', () => {
    const text = 'reference,decision,reason\nA,accept,"one\ntwo"\n\nB,reject,three';
    expect(readImport(text).rows.map(({ row: number }) => number)).toEqual([2, 4]);
  });

  it.each([
    ['nothing', '', [[1, null, 'file_empty']]],
    ['headings only', 'reference,decision,reason\n', [[1, null, 'file_empty']]],
    ['a binary file', 'PK\u0003\u0004\u0000', [[1, null, 'file_binary']]],
    ['a file that is too large', 'x'.repeat(largestImport + 1), [[1, null, 'file_too_large']]],
    ['too many rows', `reference,decision,reason\n${'A,accept,why\n'.repeat(5001)}`, [[1, null, 'too_many_rows']]],
    [
      'other columns',
      'reference,decision,decision,amount\nA,b,c,d',
      [
        [1, 'reason', 'column_missing'],
        [1, 'decision', 'column_twice'],
        [1, null, 'column_unknown'],
      ],
    ],
    ['a quote that is never closed', 'reference,decision,reason\nA,b,c\nA,"b,c\nA,b,c', [[3, null, 'quotes_broken']]],
    ['a quote in the middle', 'reference,decision,reason\nA,b"b,c\nA,b,c', [[2, null, 'quotes_broken']]],
    ['a cell too many', 'reference,decision,reason\nA,b,c,d', [[2, null, 'too_many_cells']]],
  ])('says what is wrong with %s', (_name, text, problems) => expect(codes(text)).toEqual(problems));

  it.each(['=cmd|calc', '+1', '-1', '@SUM(A1)', ' =1', '＝1', '＋1', '－1', '＠x', '\t=1', '"\r=1"', '"\n1"'])(
    'refuses the formula %j',
    (cell) => expect(codes(`reference;decision;reason\nA;accept;${cell}`)).toContainEqual([2, 'reason', 'formula']),
  );
});

describeOnEachStore('the import of decisions', (openStore) => {
  async function setUp(name: string) {
    const one = createCommittee((await openStore()).store);
    const references = [await one.submitted(`${name}-1`), await one.submitted(`${name}-2`)];
    const { _id } = await one.convene(references);
    const run = (csv: string, { dryRun = false, by = 'huda' } = {}) =>
      importDecisions(one.context, _id, { csv, dryRun, by });
    return { ...one, id: _id, first: references[0] ?? '', second: references[1] ?? '', run };
  }
  const file = (...rows: string[]) => ['رقم الطلب,القرار,السبب', ...rows].join('\r\n');

  it('changes nothing on a dry run, and everything in one update after it', async () => {
    const { id, first, second, run, sitting, context } = await setUp('dry');
    await decide(context, id, { reference: first, decision: 'defer', reason: 'ننتظر الزيارة', by: 'salem' });
    const before = await sitting(id);
    const csv = file(`${first},مقبول,مستحق`, `${second.toLowerCase().replaceAll('-', ' ')},رفض,"الدخل فوق الحد"`);
    expect(await run(csv, { dryRun: true })).toMatchObject({
      type: 'fits',
      decisions: [
        { reference: first, decision: 'accept' },
        { reference: second, decision: 'reject' },
      ],
    });
    expect(await sitting(id)).toEqual(before);
    expect(await run(csv)).toMatchObject({ type: 'changed' });
    const after = await sitting(id);
    expect(after.decisions).toMatchObject([
      { reference: first, decision: 'accept', reason: 'مستحق', by: 'huda' },
      { reference: second, decision: 'reject', reason: 'الدخل فوق الحد', by: 'huda' },
    ]);
    expect(after.events.at(-1)).toMatchObject({ type: 'decisions_imported', about: '2' });
  });

  it('names every problem by row and column, and changes nothing', async () => {
    const { id, first, second, run, sitting, apply, context } = await setUp('wrong');
    const { reference: other } = await apply('wrong-other');
    const before = await sitting(id);
    const misspelt = `${first.slice(0, -1)}${first.endsWith('0') ? '1' : '0'}`;
    const outcome = await run(
      file(
        `${first},قبول,مستحق`,
        `${first},رفض,غير مستحق`,
        `${misspelt},قبول,مستحق`,
        `${other},قبول,مستحق`,
        `ASB-0000-0,قبول,مستحق`,
        `${second},ربما,`,
        `,,`,
        `${second},,=1+1`,
      ),
    );
    expect(outcome.type === 'problems' && outcome.problems.map(({ row, column, problem }) => [row, column, problem])).toEqual([
      [3, 'reference', 'listed_twice'],
      [4, 'reference', 'reference_misspelt'],
      [5, 'reference', 'not_on_agenda'],
      [6, 'reference', 'reference_unknown'],
      [7, 'decision', 'decision_unknown'],
      [7, 'reason', 'reason_missing'],
      [9, 'reason', 'formula'],
      [9, 'reference', 'listed_twice'],
      [9, 'decision', 'decision_missing'],
    ]); // prettier-ignore
    expect(await sitting(id)).toEqual(before);
    for (const locale of ['ar', 'en'] as const) {
      for (const { problem } of outcome.type === 'problems' ? outcome.problems : []) {
        expect(context.t(locale, `committee.import.${problem}`)).not.toContain('committee.');
      }
    }
  });

  it('holds each row against recusals and earlier decisions', async () => {
    const { id, first, second, run, sittings, requests } = await setUp('held');
    const recusals = [{ reference: first, account: 'huda', reason: 'صلة قرابة' }];
    await sittings.findOneAndUpdate({ _id: id }, { $set: { recusals } });
    await requests.findOneAndUpdate({ reference: second }, { $set: { decidedBy: ['huda'] } });
    expect(await run(file(`${first},قبول,مستحق`, `${second},قبول,مستحق`))).toMatchObject({
      problems: [{ problem: 'recused' }, { problem: 'decided_before' }],
    });
  });

  it('refuses a sitting that is closed or unknown', async () => {
    const { id, first, run, sittings, context } = await setUp('closed');
    await sittings.findOneAndUpdate({ _id: id }, { $set: { status: 'closed' } });
    expect(await run(file(`${first},قبول,مستحق`))).toEqual({ type: 'not_open', status: 'closed' });
    const gone = { csv: file(`${first},قبول,مستحق`), dryRun: true, by: 'huda' };
    expect(await importDecisions(context, 'nothing', gone)).toEqual({ type: 'unknown' });
  });

  it('takes any bytes without throwing and without changing anything that is not right', async () => {
    const { id, run, sitting } = await setUp('fuzz');
    const before = await sitting(id);
    const head = constantFrom('', 'reference,decision,reason\n', 'رقم الطلب;القرار;السبب\n');
    const soup = array(constantFrom('"', ',', ';', '\t', '\r', '\n', '=', 'a', 'قبول', '\uFEFF', '\0', '😀', '\uD800'));
    const bytes = uint8Array({ maxLength: 400 }).map((all) => new TextDecoder('windows-1256').decode(all));
    const text = tuple(
      head,
      oneof(
        soup.map((all) => all.join('')),
        bytes,
        string({ unit: 'binary' }),
      ),
    );
    await assert(
      asyncProperty(text, async ([first, rest]) => {
        expect((await run(first + rest)).type).toBe('problems');
      }),
      { numRuns: 300 },
    );
    expect(await sitting(id)).toEqual(before);
  });
});
