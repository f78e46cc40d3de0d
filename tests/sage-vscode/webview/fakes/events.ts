import type {
  EventEnvelope,
  SessionEvent,
  ToolCallStatus,
  TurnOutcome,
} from '../../../../sage-vscode/src/protocol/generated';

/** Writes the events of one session the way the server does: durable ones numbered, transient ones not. */
export class SessionScript {
  readonly events: EventEnvelope[] = [];
  #seq = 0;

  constructor(readonly sessionId = 'session-1') {}

  get durable(): EventEnvelope[] {
    return this.events.filter((envelope) => envelope.seq !== undefined);
  }

  add(event: SessionEvent): this {
    this.events.push({ sessionId: this.sessionId, event, seq: ++this.#seq, at: '2026-01-01T00:00:00Z' });
    return this;
  }

  stream(event: SessionEvent): this {
    this.events.push({ sessionId: this.sessionId, event });
    return this;
  }

  created(): this {
    return this.add({ type: 'sessionCreated', version: 1, workspace: '/work' });
  }

  turn(turnId = 'turn-1', prompt = 'Do it'): this {
    return this.add({ type: 'turnStarted', turnId, prompt, mode: 'ask', model: 'demo/rules' });
  }

  /** Streams the words one by one, then says them whole. */
  reply(replyId: string, text: string, streamed = true): this {
    if (streamed) {
      this.deltas(replyId, text);
    }
    return this.add({ type: 'replyEnded', replyId, stopReason: 'endTurn', text });
  }

  deltas(replyId: string, text: string): this {
    let offset = 0;
    for (const piece of text.match(/\S+\s*|\s+/g) ?? []) {
      this.stream({ type: 'textDelta', replyId, offset, text: piece });
      offset += piece.length;
    }
    return this;
  }

  call(callId: string, name = 'read_file', input: unknown = { path: 'src/a.ts' }, replyId = 'reply-1'): this {
    return this.add({ type: 'toolCallStarted', callId, replyId, name, title: `${name} ${callId}`, input });
  }

  result(callId: string, status: ToolCallStatus = 'ok', text = 'done', durationMs = 5): this {
    return this.add({ type: 'toolCallEnded', callId, status, text, durationMs });
  }

  end(turnId = 'turn-1', outcome: TurnOutcome = 'completed'): this {
    return this.add({ type: 'turnEnded', turnId, outcome, usage: { inputTokens: 10, outputTokens: 5 } });
  }
}

/** A session with everything in it: parallel calls, edits, approvals, a plan, output, a retry and a notice. */
export function fullSession(): SessionScript {
  const script = new SessionScript();
  script.created().turn();
  script.stream({ type: 'retrying', attempt: 1, delayMs: 500, reason: 'Overloaded' });
  script.stream({ type: 'reasoningDelta', replyId: 'reply-1', offset: 0, text: 'Hm.' });
  script.deltas('reply-1', 'I will read three files.');
  for (const callId of ['a', 'b', 'c']) {
    script.stream({ type: 'toolCallDelta', callId, name: 'read_file', delta: '{"path":' });
    script.stream({ type: 'toolCallDelta', callId, name: 'read_file', delta: '"src/a.ts"}' });
    script.call(callId);
  }
  script.add({
    type: 'replyEnded',
    replyId: 'reply-1',
    stopReason: 'toolCalls',
    text: 'I will read three files.',
    reasoning: [{ text: 'Hm.' }],
  });
  script.stream({ type: 'toolCallSettled', callId: 'c', status: 'ok', durationMs: 3 });
  script.stream({ type: 'toolCallSettled', callId: 'a', status: 'ok', durationMs: 4 });
  script.result('a').result('b', 'error', 'No such file').result('c');
  script.add({ type: 'usage', replyId: 'reply-1', usage: { inputTokens: 100, outputTokens: 20 } });
  script.add({ type: 'planUpdated', items: [{ text: 'Edit', status: 'in_progress' }] });
  script.call('d', 'edit_file', { path: 'src/a.ts' }, 'reply-2');
  script.add({ type: 'permissionAsked', callId: 'd', rule: 'edit_file(src/a.ts)' });
  script.add({ type: 'permissionAnswered', callId: 'd', decision: 'allow', scope: 'once' });
  const hunks = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-old', '+new'] }];
  script.add({ type: 'fileChanged', callId: 'd', path: 'src/a.ts', kind: 'modified', hunks });
  script.result('d');
  script.call('e', 'run_command', { command: 'npm test' }, 'reply-2');
  script.stream({ type: 'toolOutput', callId: 'e', offset: 0, text: 'one\n' });
  script.stream({ type: 'toolOutput', callId: 'e', offset: 4, text: 'two\n' });
  script.result('e', 'timedOut', 'one\ntwo\n');
  script.add({ type: 'replyEnded', replyId: 'reply-2', stopReason: 'toolCalls', text: '' });
  script.add({ type: 'notice', text: 'The command took too long.' });
  script.reply('reply-3', 'All done. Two lines came.');
  return script.end();
}
