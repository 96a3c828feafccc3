import { describe, it } from 'vitest';
import { createEnginePlayer } from '../fixtures/engine-player.js';
import { play } from '../transcripts/play.js';
import { transcripts } from '../transcripts/transcript.js';

describe('the conversation engine plays every transcript', () => {
  for (const transcript of transcripts()) {
    it(`${transcript.name}: ${transcript.about}`, async () => {
      await play(transcript, createEnginePlayer(transcript).player);
    });
  }
});
