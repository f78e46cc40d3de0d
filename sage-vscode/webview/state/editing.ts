import type { ToWebview } from '../../src/protocol/bridge';
import type { InputPart, RestorableFile } from '../../src/protocol/generated';
import type { ChatState } from './chatState';

/** An earlier prompt that the user writes anew, in the composer. */
export interface Editing {
  readonly turnId: string;
  readonly seq: number;
  readonly prompt: string;
  /** What stood in the composer before, and stands there again afterwards. */
  readonly before: { readonly draft: string; readonly attachments: readonly InputPart[] };
  readonly phase: 'writing' | 'asking' | 'sending';
  /** What is to be sent. */
  readonly input: readonly InputPart[];
  /** What would be taken back; null until the server has answered. */
  readonly files: readonly RestorableFile[] | null;
}

export type EditingAction =
  | {
      readonly type: 'editBegun';
      readonly of: Pick<Editing, 'turnId' | 'seq' | 'prompt'>;
      readonly attachments: readonly InputPart[];
      readonly draft: string;
    }
  | { readonly type: 'editAsked'; readonly input: readonly InputPart[] }
  | { readonly type: 'editSent' }
  /** Back to writing. */
  | { readonly type: 'editPaused' }
  | { readonly type: 'editClosed' };

/** What the user asks is shown at once; the session it leads to comes when it is there. */
export function reduceEditing(
  state: ChatState,
  action: EditingAction | Extract<ToWebview, { type: 'resent' }>,
): ChatState {
  const { editing } = state;
  if (action.type === 'editBegun') {
    const { of, attachments, draft } = action;
    // Who goes over to another prompt gets back what was there before the first.
    const before = editing?.before ?? { draft, attachments: state.attachments };
    const begun: Editing = { ...of, before, phase: 'writing', input: [], files: null };
    return { ...state, editing: begun, attachments, focusRequest: { late: false } };
  }
  if (editing === null) {
    return state;
  }
  switch (action.type) {
    case 'editAsked':
      return { ...state, editing: { ...editing, phase: 'asking', input: action.input, files: null } };
    case 'editSent':
      return { ...state, editing: { ...editing, phase: 'sending' } };
    case 'editPaused':
      return { ...state, editing: { ...editing, phase: 'writing' }, focusRequest: { late: false } };
    case 'editClosed':
      return closeEditing(state, editing);
    default:
      return action.done
        ? { ...closeEditing(state, editing), outbox: state.transcript.running ? null : editing.input }
        : { ...state, editing: { ...editing, phase: 'writing' } };
  }
}

/** What the server says about files is about the edit, when that waits for it. */
export function takePreview(editing: Editing, files: readonly RestorableFile[] | null): Editing {
  return files === null ? { ...editing, phase: 'writing' } : { ...editing, files };
}

function closeEditing(state: ChatState, { before }: Editing): ChatState {
  return { ...state, editing: null, attachments: before.attachments };
}
