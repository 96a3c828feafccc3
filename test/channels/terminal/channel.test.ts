import { describe, expect, it } from 'vitest';
import type { TerminalChannel } from '../../../src/channels/terminal/channel.js';
import type { Activity, MessageActivity } from '../../../src/core/activity.js';
import { startTerminal } from './setup.js';
import { eventually } from '../../fixtures/eventually.js';

const reply = (about: Partial<MessageActivity>): MessageActivity => ({
  type: 'message',
  id: 'r-1',
  timestamp: '2026-01-05T09:00:00.000Z',
  role: 'bot',
  channelId: 'terminal',
  conversation: { id: 'desk-1' },
  from: { id: 'terminal' },
  ...about,
});

/** A bot that answers each activity while the terminal waits for it to settle, as the mailbox does. */
function startEcho({ tty = false } = {}) {
  const heard: Activity[] = [];
  const waiting: string[] = [];
  const terminal = startTerminal({
    tty,
    ports: {
      accept: async (activity) => {
        heard.push(activity);
        waiting.push(activity.type === 'message' ? `قلت: ${activity.text}` : 'أهلًا بك');
        return { type: 'accepted' };
      },
    },
    settled: async () => {
      for (const text of waiting.splice(0)) await terminal.channel.send(reply({ text }));
    },
  });
  return { ...terminal, heard };
}

const hasLeft = (channel: TerminalChannel): Promise<void> => channel.left;

describe('lines through a pipe', () => {
  it('are each answered in order; the person has left when the last answer is printed', async () => {
    const { channel, input, printed } = startEcho();
    await channel.start();
    input.end('واحد\nاثنان\nثلاثة');
    await hasLeft(channel);
    expect(printed()).toBe('أهلًا بك\n\nقلت: واحد\n\nقلت: اثنان\n\nقلت: ثلاثة\n\n');
    expect(channel.state().state).toBe('off');
  });

  it('begin with the arrival of the person, in the conversation that was asked for', async () => {
    const { channel, input, heard } = startEcho();
    await channel.start();
    input.end('السلام عليكم\n\n   \n');
    await hasLeft(channel);
    expect(heard).toMatchObject([
      { type: 'conversationUpdate', conversation: { id: 'desk-1' }, from: { id: 'terminal' } },
      { type: 'message', text: 'السلام عليكم', locale: 'ar', role: 'user', channelId: 'terminal' },
    ]);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(2);
  });

  it('end at once when there are none', async () => {
    const { channel, input, printed } = startEcho();
    await channel.start();
    input.end();
    await hasLeft(channel);
    expect(printed()).toBe('أهلًا بك\n\n');
  });

  it('that the mailbox never takes are not passed over in silence', async () => {
    const { channel, input, printed } = startTerminal({
      ports: { accept: async ({ type }) => ({ type: type === 'message' ? 'full' : 'accepted' }) },
    });
    await channel.start();
    input.end('مرحبا\n');
    await hasLeft(channel);
    expect(printed()).toBe('لم تصل رسالتك\n\n');
  });
});

describe('a person at a keyboard', () => {
  it('sees a prompt, and below a reply what was being typed', async () => {
    const { channel, input, printed } = startEcho({ tty: true });
    await channel.start();
    await eventually(() => expect(printed()).toContain('أهلًا بك\n\n'));
    input.write('half a li');
    await channel.send(reply({ text: 'رد من الموظف' }));
    await eventually(() => expect(printed().split('رد من الموظف').at(-1)).toContain('> half a li'));
    input.write('ne\r');
    await eventually(() => expect(printed()).toContain('قلت: half a line'));
  });

  it.each([
    { key: 'Ctrl-C', code: '\u0003' },
    { key: 'Ctrl-D', code: '\u0004' },
  ])('leaves by $key and hears a farewell', async ({ code }) => {
    const { channel, input, printed } = startEcho({ tty: true });
    await channel.start();
    await eventually(() => expect(printed()).toContain('> '));
    input.write(code);
    await hasLeft(channel);
    expect(printed()).toContain('في أمان الله');
  });
});

describe('a reply on the terminal', () => {
  it('has its choices numbered', async () => {
    const { channel, printed } = startTerminal({});
    const actions = [
      { type: 'postBack' as const, title: 'طلب دعم', value: 'start:support-request' },
      { type: 'postBack' as const, title: 'شكوى', value: 'start:complaint' },
    ];
    await channel.send(reply({ text: 'كيف نخدمك؟', suggestedActions: { actions } }));
    expect(printed()).toBe('كيف نخدمك؟\n\n١. طلب دعم\n٢. شكوى\n\n');
  });

  it.each([
    { what: 'moves the cursor', text: 'أ\u001b[2J\u001b[Hب', shown: 'أ[2J[Hب' },
    { what: 'sets the title', text: 'أ\u001b]0;title\u0007ب', shown: 'أ]0;titleب' },
    { what: 'is one 8-bit control character', text: 'أ\u009b31mب', shown: 'أ31mب' },
    { what: 'goes back over the line', text: 'مقبول\rمرفوض\b\u007f', shown: 'مقبولمرفوض' },
  ])('loses what $what', async ({ text, shown }) => {
    const { channel, printed } = startTerminal({});
    await channel.send(reply({ text, attachments: [{ contentType: 'application/pdf', name: `${text}.pdf` }] }));
    expect(printed()).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(printed().split('\n')[0]).toBe(shown);
  });
});
