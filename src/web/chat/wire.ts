/** What travels by Direct Line 3.0, as far as the widget reads it. Nothing here is trusted to be present. */
export interface WireActivity {
  id?: string;
  type: string;
  timestamp?: string;
  from?: { id?: string; role?: string };
  text?: string;
  locale?: string;
  name?: string;
  value?: unknown;
  attachments?: WireAttachment[];
  suggestedActions?: { actions?: WireAction[] };
  channelData?: { clientActivityID?: string; expects?: { type?: string } };
}

export interface WireAttachment {
  contentType?: string;
  contentUrl?: string;
  name?: string;
  content?: { title?: string; text?: string; latitude?: number; longitude?: number; phone?: string };
}

export interface WireAction {
  title: string;
  value?: string;
}

/** A line of the conversation: what came, or what the person sends and where it stands. */
export interface Entry {
  /** Our own id of it, `channelData.clientActivityID` on the wire. */
  key: string;
  activity: WireActivity;
  own: boolean;
  /** `refused`: the server does not take this file, trying again would not help. */
  state?: 'sending' | 'sent' | 'failed' | 'refused';
  file?: File | undefined;
  /** Of an upload under way, 0 to 1. */
  progress?: number | undefined;
  cancel?: () => void;
}

/** What `/chat/config` says. */
export interface Config {
  shortName: Record<Locale, string>;
  maxUploadBytes: number;
  /** Rules with the organisation's colours. */
  theme?: string;
}

export type Locale = 'ar' | 'en';
