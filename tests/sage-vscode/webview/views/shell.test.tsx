// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { Announcer } from '../../../../sage-vscode/webview/views/shell/announcer';
import { Header } from '../../../../sage-vscode/webview/views/shell/header';
import { PlanPanel } from '../../../../sage-vscode/webview/views/shell/planPanel';
import { ServerBanner } from '../../../../sage-vscode/webview/views/shell/serverBanner';
import { Welcome } from '../../../../sage-vscode/webview/views/shell/welcome';
import { SessionScript } from '../fakes/events';
import { showPanel } from '../fakes/panel';

const running = { type: 'serverState', state: { kind: 'running' } } as const;

test('The header names the session by its first prompt', async () => {
  const panel = await showPanel(<Header />);
  expect(panel.root.querySelector('h1')).toBeNull();
  await panel.act({ type: 'events', events: new SessionScript().created().turn('1', 'Fix it\nplease').events });
  expect(panel.root.querySelector('h1')?.textContent).toBe('Fix it');
  expect(panel.root.querySelectorAll('button')).toHaveLength(0);
});

test('A session that was given a name has that in its header', async () => {
  const panel = await showPanel(<Header />);
  const script = new SessionScript().created().turn('1', 'Please look at the parser and tell me why it is slow');
  script.add({ type: 'sessionTitled', title: 'A slow parser' });
  await panel.act({ type: 'events', events: script.events });
  expect(panel.root.querySelector('h1')?.textContent).toBe('A slow parser');
});

test('The header tells what the session has cost, when that is known', async () => {
  const panel = await showPanel(<Header />);
  const script = new SessionScript().created().turn();
  await panel.act({ type: 'events', events: script.events });
  expect(panel.has('session-cost')).toBe(false);
  const usage = { inputTokens: 1000, outputTokens: 10, cachedInputTokens: 0, reasoningTokens: 0, cacheWriteTokens: 0 };
  script.add({ type: 'usage', replyId: 'r1', usage: { ...usage, cost: 0.25 } });
  script.add({ type: 'usage', replyId: 'r2', usage });
  script.add({ type: 'usage', replyId: 'r3', usage: { ...usage, cost: 0.1 } });
  await panel.act({ type: 'events', events: script.events.slice(-3) });
  expect(panel.find('session-cost').textContent).toBe('$0.35');
  const end = script.durable.slice(-2);
  await panel.act({ type: 'sessionOpened', sessionId: 'session-1', events: end, running: false });
  expect(panel.has('session-cost')).toBe(false);
});

test('The plan is open while there is something to do, and can be folded', async () => {
  const panel = await showPanel(<PlanPanel />);
  expect(panel.has('plan')).toBe(false);
  const script = new SessionScript().created().turn();
  script.add({
    type: 'planUpdated',
    items: [
      { text: 'Read', status: 'completed' },
      { text: 'Write', status: 'in_progress' },
    ],
  });
  await panel.act({ type: 'events', events: script.events });
  expect([...panel.root.querySelectorAll('li')].map((item) => item.textContent)).toEqual([
    'Read (done)',
    'Write (in progress)',
  ]);
  await panel.click(panel.root.querySelector('.dock-head') as HTMLElement);
  expect(panel.root.querySelector('li')).toBeNull();
  expect(panel.find('plan').textContent).toContain('Write');
});

test('A stopped server can be started again', async () => {
  const panel = await showPanel(<ServerBanner />);
  await panel.act(running);
  expect(panel.has('server-banner')).toBe(false);
  await panel.act({ type: 'serverState', state: { kind: 'stopped', message: 'It is gone.', canRestart: true } });
  expect(panel.find('server-banner').textContent).toContain('It is gone.');
  for (const button of panel.root.querySelectorAll<HTMLElement>('.button')) {
    await panel.click(button);
  }
  expect(panel.sent).toEqual([{ type: 'restartServer' }, { type: 'showLog' }]);
});

describe('The welcome', () => {
  const demo = { id: 'demo/rules', provider: 'demo', name: 'Demo', ready: true };

  test('says honestly when only the demo is there', async () => {
    const panel = await showPanel(<Welcome />);
    await panel.act(running, { type: 'models', models: { models: [demo], selected: demo.id } });
    expect(panel.find('welcome').textContent).toContain('is not an AI');
    await panel.click(panel.root.querySelector('.button') as HTMLElement);
    expect(panel.sent).toEqual([{ type: 'connectModel' }]);
    const real = { id: 'a/one', provider: 'a', name: 'One', ready: true };
    await panel.act({ type: 'models', models: { models: [demo, real], selected: real.id } });
    expect(panel.find('welcome').textContent).not.toContain('is not an AI');
  });

  test('asks for a folder where none is open', async () => {
    const panel = await showPanel(<Welcome />);
    await panel.act(running, {
      type: 'initialized',
      mode: 'ask',
      workspaceName: null,
      sessionId: null,
      show: null,
    });
    expect(panel.find('welcome').textContent).toContain('No folder is open');
    expect(panel.root.querySelector('.sample')).toBeNull();
    await panel.click(panel.find('open-folder'));
    expect(panel.sent).toEqual([{ type: 'openFolder' }]);
  });

  test('offers prompts that are sent with one click', async () => {
    const panel = await showPanel(<Welcome />);
    await panel.act(running);
    await panel.click(panel.root.querySelector('.sample') as HTMLElement);
    expect(panel.sent).toMatchObject([{ type: 'send', mode: 'ask' }]);
  });
});

test('Screen readers hear of starts, approvals and ends, not of every word', async () => {
  const panel = await showPanel(<Announcer />);
  const heard: string[] = [];
  const listen = () => heard.push(panel.find('announcer').textContent ?? '');
  const script = new SessionScript().created().turn().call('a', 'run_command');
  await panel.act(running, { type: 'events', events: script.events });
  listen();
  const request = {
    sessionId: 'session-1',
    callId: 'a',
    toolName: 'run_command',
    title: 'npm test',
    input: {},
    rule: 'x',
  };
  await panel.act({ type: 'permissionRequested', request });
  listen();
  script.deltas('reply-9', 'Many words that nobody needs to hear twice.');
  await panel.act({ type: 'permissionAnswered', callId: 'a' }, { type: 'events', events: script.events });
  listen();
  await panel.act({ type: 'events', events: script.result('a').end().events });
  listen();
  expect(heard).toEqual([
    'Sage is working.',
    'Approval needed: npm test.',
    'Approval needed: npm test.',
    'Sage has finished.',
  ]);
});
