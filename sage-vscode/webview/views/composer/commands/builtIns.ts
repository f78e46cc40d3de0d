import type { PermissionMode } from '../../../../src/protocol/generated';
import { type ChatState, isBusy } from '../../../state/chatState';
import { chooseMode, chooseModel } from '../../../state/commands';
import type { Store } from '../../../state/store';
import { formatCost, formatTokens } from '../../../text/format';

/** What the composer does itself instead of sending it. */
export interface BuiltIn {
  readonly name: string;
  readonly description: string;
  readonly argumentHint?: string;
  /** What the field says afterwards; it is emptied when absent. */
  readonly leaves?: string;
  /** Answers why it cannot be done; null when it was. */
  readonly run: (store: Store, argument: string) => string | null;
}

const stopFirst = 'Stop the turn that runs, or wait for its end, first.';
const noSession = 'There is no session yet: send a prompt first.';

export const builtIns: readonly BuiltIn[] = [
  { name: 'help', description: 'Shows what can be written behind a slash', leaves: '/', run: () => null },
  { name: 'clear', description: 'Begins a new session; this one stays in the history', run: newSession },
  { name: 'compact', description: 'Makes the conversation shorter for the model', run: compact },
  { name: 'context', description: 'Says how full the model’s context is', run: (store) => tell(store, contextWords) },
  { name: 'cost', description: 'Says what this session has cost', run: (store) => tell(store, costWords) },
  { name: 'export', description: 'Saves this session as Markdown', run: exportSession },
  { name: 'fork', description: 'Goes on in a new session that begins like this one', run: fork },
  {
    name: 'hooks',
    description: 'Shows the programs that run when something happens, and tries them',
    run: (store) => done(() => store.send({ type: 'showHooks' })),
  },
  {
    name: 'memory',
    description: 'Opens the files that the model reads before every prompt',
    run: (store) => done(() => store.send({ type: 'showMemory' })),
  },
  {
    name: 'mode',
    description: 'Sets what Sage may do without asking',
    argumentHint: 'ask|autoEdit|plan|full',
    run: mode,
  },
  { name: 'model', description: 'Chooses the model of this session', argumentHint: 'name', run: model },
  { name: 'redo', description: 'Takes back the last undo or restore', run: redo },
  { name: 'resume', description: 'Opens the history', run: (store) => done(() => store.act({ type: 'showHistory' })) },
  { name: 'undo', description: 'Takes back every change that you have not reviewed', run: undo },
];

/** Does what the words say; null when they are no built-in command. */
export function runBuiltIn(store: Store, words: string): { readonly problem: string | null } | null {
  const [, name, argument = ''] = /^\/([a-z]+)(?:\s+(.*))?$/s.exec(words) ?? [];
  const builtIn = builtIns.find((candidate) => candidate.name === name);
  if (builtIn === undefined) {
    return null;
  }
  if (argument.trim() !== '' && builtIn.argumentHint === undefined) {
    return { problem: `/${builtIn.name} takes nothing behind it.` };
  }
  const problem = builtIn.run(store, argument.trim());
  if (problem === null) {
    store.setDraft(builtIn.leaves ?? '');
  }
  return { problem };
}

/** What was asked for is on its way, or done. */
function done(act: () => void): null {
  act();
  return null;
}

function newSession(store: Store): null {
  return done(() => store.send({ type: 'newSession' }));
}

function compact(store: Store): string | null {
  return isBusy(store.state.peek()) ? stopFirst : done(() => store.send({ type: 'compact' }));
}

function exportSession(store: Store): string | null {
  const { sessionId } = store.state.peek().transcript;
  return sessionId === null
    ? noSession
    : done(() => store.send({ type: 'exportSession', sessionId, format: 'markdown' }));
}

function fork(store: Store): string | null {
  const { sessionId } = store.state.peek().transcript;
  return sessionId === null ? noSession : done(() => store.send({ type: 'forkSession', sessionId }));
}

function undo(store: Store): string | null {
  return store.state.peek().pending.length === 0
    ? 'There is no change of Sage’s that you have not reviewed.'
    : done(() => store.send({ type: 'review', action: 'undo' }));
}

function redo(store: Store): string | null {
  const state = store.state.peek();
  const restoreId = state.transcript.redoable.at(-1);
  if (restoreId === undefined) {
    return 'There is no undo that could be taken back.';
  }
  return isBusy(state) ? stopFirst : done(() => store.send({ type: 'redo', restoreId }));
}

const modes: readonly PermissionMode[] = ['ask', 'autoEdit', 'plan', 'full'];

function mode(store: Store, argument: string): string | null {
  const wanted = modes.find((candidate) => candidate.toLowerCase() === argument.toLowerCase());
  return wanted === undefined ? 'Write /mode ask, autoEdit, plan or full.' : done(() => chooseMode(store, wanted));
}

function model(store: Store, argument: string): string | null {
  const ready = (store.state.peek().models?.models ?? []).filter((candidate) => candidate.ready);
  const wanted = argument.toLowerCase();
  const exact = ready.filter(({ id, name }) => [id, name].some((word) => word.toLowerCase() === wanted));
  const near =
    exact.length > 0 ? exact : ready.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
  const [only, ...others] = wanted === '' ? [] : near;
  if (only !== undefined && others.length === 0) {
    return done(() => chooseModel(store, only.id));
  }
  const offered = (near.length > 0 ? near : ready).slice(0, 8).map(({ id }) => id);
  return offered.length === 0 ? 'No model is connected yet.' : `Write /model and one of: ${offered.join(', ')}.`;
}

function tell(store: Store, words: (state: ChatState) => string): null {
  return done(() => store.act({ type: 'told', text: words(store.state.peek()) }));
}

function costWords({ transcript: { cost } }: ChatState): string {
  return cost > 0
    ? `This session has cost ${formatCost(cost)}, as far as prices are known.`
    : 'This session has cost nothing that a price is known for.';
}

function contextWords({ transcript: { usage, model: own }, models }: ChatState): string {
  if (usage === null) {
    return 'Nothing has been sent in this session yet.';
  }
  const used = formatTokens(usage.inputTokens + usage.outputTokens);
  const room = models?.models.find(({ id }) => id === (own ?? models.selected))?.contextWindow;
  return room === undefined
    ? `The last request took ${used} tokens; how many the model can read is not known.`
    : `The last request took ${used} of the ${formatTokens(room)} tokens that the model can read.`;
}
