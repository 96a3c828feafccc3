// A process that takes messages as a channel would, and may be killed at any moment. It says "ready", "ack <id>" when a
// message is durable, "said <reply id>" when the channel has a reply, and "settled" when nothing is left to do.
import { hear, openKillable, pause, tell } from './killable.mjs';

const [dataFolder, mongodbUri] = process.argv.slice(2);
await openKillable({ dataFolder, mongodbUri }, async ({ mailbox }) => ({
  hear: (activity) => hear(mailbox, activity),
  async send({ conversation, id }) {
    await pause(3);
    tell(`said ${conversation.id} ${id}`);
  },
}));
tell('ready');
