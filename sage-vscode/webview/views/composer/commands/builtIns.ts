import type { Sight } from '../../../../src/protocol/bridge';
import type { ExportFormat, PermissionMode } from '../../../../src/protocol/generated';
import { t } from '../../../l10n';
import { isBusy } from '../../../state/chatState';
import { chooseMode, chooseModel } from '../../../state/commands';
import type { Store } from '../../../state/store';

/** What the composer does itself instead of sending it. */
export interface BuiltIn {
  readonly name: string;
  readonly description: string;
  readonly argumentHint?: string;
  /** What the field says afterwards; it is emptied when absent. */
  readonly leaves?: string;
  /** What is behind it is a prompt, which follows. */
  readonly sendsArgument?: true;
  /** Answers why it cannot be done; null when it was. */
  readonly run: (store: Store, argument: string) => string | null;
}

const stopFirst = () => t('Stop the turn that runs, or wait for its end, first.');
const noSession = () => t('There is no session yet: send a prompt first.');

export const builtIns = (): readonly BuiltIn[] => [
  {
    name: 'agents',
    description: t('Shows the kinds of sub-agents, opens their files, and makes new ones'),
    run: (store) => done(() => store.send({ type: 'showSubagents' })),
  },
  { name: 'help', description: t('Shows what can be written behind a slash'), leaves: '/', run: () => null },
  { name: 'clear', description: t('Begins a new session; this one stays in the history'), run: newSession },
  { name: 'compact', description: t('Makes the conversation shorter for the model'), run: compact },
  {
    name: 'checkpoints',
    description: t('Takes files back to before a prompt that you choose'),
    run: (store) => ofSession(store, 'checkpoints'),
  },
  {
    name: 'context',
    description: t('Shows what fills the model’s context'),
    run: (store) => ofSession(store, 'context'),
  },
  { name: 'cost', description: t('Shows what this session has cost'), run: (store) => ofSession(store, 'cost') },
  {
    name: 'doctor',
    description: t('Looks whether everything that Sage needs is there'),
    run: (store) => show(store, 'doctor'),
  },
  {
    name: 'export',
    description: t('Saves this session as Markdown, or as JSON that can be imported'),
    argumentHint: 'markdown|json',
    run: exportSession,
  },
  { name: 'fork', description: t('Goes on in a new session that begins like this one'), run: fork },
  {
    name: 'hooks',
    description: t('Shows the programs that run when something happens, and tries them'),
    run: (store) => done(() => store.send({ type: 'showHooks' })),
  },
  {
    name: 'mcp',
    description: t('Opens the list of MCP servers and their tools'),
    run: (store) => done(() => store.send({ type: 'showMcp' })),
  },
  {
    name: 'memory',
    description: t('Opens the files that the model reads before every prompt'),
    run: (store) => done(() => store.send({ type: 'showMemory' })),
  },
  {
    name: 'mode',
    description: t('Sets what Sage may do without asking'),
    argumentHint: 'ask|autoEdit|plan|full',
    run: mode,
  },
  { name: 'model', description: t('Chooses the model of this session'), argumentHint: t('name'), run: model },
  {
    name: 'plan',
    description: t('Goes into plan mode: Sage proposes a plan before it changes anything'),
    argumentHint: t('what to plan'),
    sendsArgument: true,
    run: (store) => done(() => chooseMode(store, 'plan')),
  },
  { name: 'redo', description: t('Takes back the last undo or restore'), run: redo },
  {
    name: 'resume',
    description: t('Opens the history'),
    run: (store) => done(() => store.act({ type: 'showHistory' })),
  },
  { name: 'skills', description: t('Lists the skills, and opens one'), run: (store) => show(store, 'skills') },
  { name: 'undo', description: t('Takes back every change that you have not reviewed'), run: undo },
];

export interface BuiltInResult {
  readonly problem: string | null;
  /** What is still to be sent. */
  readonly prompt?: string;
}

/** Does what the words say; null when they are no built-in command. */
export function runBuiltIn(store: Store, words: string): BuiltInResult | null {
  const [, name, argument = ''] = /^\/([a-z]+)(?:\s+(.*))?$/s.exec(words) ?? [];
  const builtIn = builtIns().find((candidate) => candidate.name === name);
  if (builtIn === undefined) {
    return null;
  }
  if (argument.trim() !== '' && builtIn.argumentHint === undefined) {
    return { problem: t('{0} takes nothing behind it.', `/${builtIn.name}`) };
  }
  const problem = builtIn.run(store, argument.trim());
  if (problem === null && builtIn.sendsArgument === true && argument.trim() !== '') {
    return { problem, prompt: argument.trim() };
  }
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
  return isBusy(store.state.peek()) ? stopFirst() : done(() => store.send({ type: 'compact' }));
}

function exportSession(store: Store, argument: string): string | null {
  const { sessionId } = store.state.peek().transcript;
  const formats: Readonly<Record<string, ExportFormat>> = {
    '': 'markdown',
    markdown: 'markdown',
    md: 'markdown',
    json: 'json',
  };
  const format = Object.hasOwn(formats, argument.toLowerCase()) ? formats[argument.toLowerCase()] : undefined;
  if (format === undefined) {
    return t('Write /export, /export markdown or /export json.');
  }
  return sessionId === null ? noSession() : done(() => store.send({ type: 'exportSession', sessionId, format }));
}

function show(store: Store, what: Sight): null {
  return done(() => store.send({ type: 'show', what }));
}

function ofSession(store: Store, what: Sight): string | null {
  return store.state.peek().transcript.sessionId === null ? noSession() : show(store, what);
}

function fork(store: Store): string | null {
  const { sessionId } = store.state.peek().transcript;
  return sessionId === null ? noSession() : done(() => store.send({ type: 'forkSession', sessionId }));
}

function undo(store: Store): string | null {
  return store.state.peek().pending.length === 0
    ? t('There is no change of Sage’s that you have not reviewed.')
    : done(() => store.send({ type: 'review', action: 'undo' }));
}

function redo(store: Store): string | null {
  const state = store.state.peek();
  const restoreId = state.transcript.redoable.at(-1);
  if (restoreId === undefined) {
    return t('There is no undo that could be taken back.');
  }
  return isBusy(state) ? stopFirst() : done(() => store.send({ type: 'redo', restoreId }));
}

const modes: readonly PermissionMode[] = ['ask', 'autoEdit', 'plan', 'full'];

function mode(store: Store, argument: string): string | null {
  const wanted = modes.find((candidate) => candidate.toLowerCase() === argument.toLowerCase());
  return wanted === undefined ? t('Write /mode ask, autoEdit, plan or full.') : done(() => chooseMode(store, wanted));
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
  return offered.length === 0
    ? t('No model is connected yet.')
    : t('Write /model and one of: {0}.', offered.join(', '));
}
