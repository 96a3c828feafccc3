import type { CommitteeContext } from '../../requests/sitting-change.js';
import type { Call } from '../route.js';
import { decisionCalls } from './decisions.js';
import { committeeFileCalls } from './files.js';
import { sittingCalls } from './sittings.js';

/** All that staff do with the research committee. */
export const committeeCalls = (context: CommitteeContext): Call[] => [
  ...sittingCalls(context),
  ...decisionCalls(context),
  ...committeeFileCalls(context),
];
