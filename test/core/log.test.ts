import { describe, expect, it } from 'vitest';
import { ConfigError, FlowError, SendError, StoreError } from '../../src/core/errors.js';
import { createLog, silentLog, type LogFields } from '../../src/core/log.js';

const secret = 'نورة 0501234567';

function written(write: (log: ReturnType<typeof createLog>) => void, level = 'debug'): string[] {
  const lines: string[] = [];
  write(createLog({ level, format: 'json', write: (line) => void lines.push(line) }));
  return lines;
}

const logged = (fields: LogFields): Record<string, unknown> =>
  JSON.parse(written((log) => log.error('it failed', fields))[0] ?? '{}') as Record<string, unknown>;

describe('the log', () => {
  it('writes one JSON line with time, level, phrase and fields', () => {
    expect(logged({ channel: 'telegram', attempt: 2, ms: 1.5 })).toMatchObject({
      level: 50,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      msg: 'it failed',
      channel: 'telegram',
      attempt: 2,
      ms: 1.5,
    });
  });

  it('leaves out every field that is not on the list, whatever its type says', () => {
    const fields = {
      channel: 'webchat',
      text: secret,
      from: { name: secret },
      token: secret,
      url: secret,
    } as LogFields;
    const line = logged(fields);
    expect(line).toMatchObject({ channel: 'webchat' });
    expect(JSON.stringify(line)).not.toContain('نورة');
  });

  it('gives the fields of a child to each of its lines, through the same list', () => {
    const [line = ''] = written((log) =>
      log.child({ part: 'web', name: secret } as LogFields).info('request', { status: 200 }),
    );
    expect(JSON.parse(line)).toMatchObject({ part: 'web', status: 200 });
    expect(line).not.toContain('نورة');
  });

  it('keeps to its level', () => {
    const all = (log: ReturnType<typeof createLog>): void => {
      log.debug('d');
      log.info('i');
      log.warn('w');
      log.error('e');
    };
    expect(written(all, 'warn')).toHaveLength(2);
    expect(written(all, 'silent')).toHaveLength(0);
    expect(() => all(silentLog)).not.toThrow();
  });

  it('writes lines for people too', () => {
    const lines: string[] = [];
    createLog({ level: 'info', format: 'pretty', write: (line) => void lines.push(line) }).warn('it waits', {
      attempt: 3,
    });
    expect(lines.join('')).toMatch(/WARN.*it waits[\s\S]*attempt/);
  });
});

describe('an error in the log', () => {
  it.each([
    new ConfigError(['PORT must be a number']),
    new FlowError(['flows/menu.yaml:3  id: is missing']),
    new StoreError('store_failed', 'The disk is full'),
    new SendError('blocked', 'The person has blocked us'),
  ])('of ours keeps its message and code: $name', (error) => {
    expect(logged({ error })['error']).toMatchObject({ name: error.name, code: error.code, message: error.message });
  });

  it('says of a refused message which kind it is', () => {
    expect(logged({ error: new SendError('rate_limited', 'Slow down') })['error']).toMatchObject({
      kind: 'rate_limited',
    });
  });

  it('of a library loses its message and its fields, which may quote a person; name, code and place stay', () => {
    const error = Object.assign(new TypeError(`cannot send ${secret}`), {
      code: 'ETELEGRAM',
      on: { payload: { text: secret } },
      response: { description: secret },
    });
    const line = logged({ error })['error'];
    expect(JSON.stringify(line)).not.toContain('نورة');
    expect(line).toMatchObject({ name: 'TypeError', code: 'ETELEGRAM', frames: [expect.stringContaining('log.test.ts'), ...Array(5).fill(expect.any(String))] }); // prettier-ignore
  });

  it('is followed to its cause, under the same rule', () => {
    const cause = new Error(secret);
    const line = logged({ error: new StoreError('store_failed', 'It failed', { cause }) })['error'];
    expect(line).toMatchObject({ message: 'It failed', cause: { name: 'Error' } });
    expect(JSON.stringify(line)).not.toContain('نورة');
  });

  it.each([secret, { text: secret }, null, 7])('that is none is named by its type: %j', (error) => {
    expect(JSON.stringify(logged({ error }))).not.toContain('نورة');
    expect(logged({ error })['error']).toEqual({ name: typeof error });
  });

  it('drops a foreign message also where its lines look like frames of the stack', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', format: 'json', write: (line) => lines.push(line) });
    log.error('failed', { error: new Error('first\n    at 0501234567 (somewhere:1:2)\n    at secret (x:3:4)') });
    expect(lines.join('')).not.toMatch(/0501234567|secret|somewhere/);
    expect(lines.join('')).toContain('log.test.ts');
  });
});
