/** What this channel needs kept. All of it may be shared with other instances of Wasl. Handed in by the app. */
export interface WebKeep {
  lease: LeasePort;
  session: SessionPort;
  heard: HeardPort;
}

/** Which messages are ours to answer. Undefined before the first link. */
export interface HeardPort {
  read(): Promise<Heard | undefined>;
  write(heard: Heard): Promise<void>;
}

/** Seconds since 1970. Sample: `{from: 1767225600, until: 1767312000}`. */
export interface Heard {
  /** When this number was first linked: what was written before is not for us. */
  from: number;
  /** Everything until then is durable. */
  until: number;
}

/** Who holds it runs the session; it ends by itself when it is not renewed. */
export interface LeasePort {
  take(): Promise<boolean>;
  /** False when it was lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** The session as it was last saved, by whichever instance. */
export interface SessionPort {
  /** Its id, undefined when there is none. */
  current(): Promise<string | undefined>;
  /** Rejects when the store does not answer; what it resolves to rejects when it is damaged. */
  load(id: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Takes the place of the one before; resolves to its id. */
  save(content: AsyncIterable<Uint8Array>): Promise<string>;
  forget(): Promise<void>;
}
