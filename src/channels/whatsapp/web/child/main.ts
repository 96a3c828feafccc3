import { command } from '../protocol.js';
import { asMedia, openClient } from './client.js';
import { createHost } from './host.js';

/** The process that runs whatsapp-web.js. It ends with the bot: when the way to it is cut, there is nobody to tell. */
const host = createHost({
  open: openClient,
  asMedia,
  post: (event) => void (process.connected && process.send?.(event)),
  exit: () => process.exit(0),
});

process.on('message', (message) => {
  const { data } = command.safeParse(message);
  if (data) host.handle(data);
});
process.on('disconnect', () => host.handle({ type: 'stop' }));
process.on('unhandledRejection', (error) => host.failed(error));
process.on('uncaughtException', (error) => host.failed(error));
// The bot decides when this process ends; a Ctrl+C in the terminal reaches both.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
