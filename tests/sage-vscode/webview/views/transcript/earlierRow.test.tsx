// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { EarlierRow } from '../../../../../sage-vscode/webview/views/transcript/scroll/earlierRow';
import { SessionScript } from '../../fakes/events';
import { showPanel } from '../../fakes/panel';

test('The part before is asked for once, again after a failure, and no more when all is there', async () => {
  const { durable } = new SessionScript().created().turn('1').end('1').turn('2').end('2');
  const panel = await showPanel(<EarlierRow />);
  await panel.act({ type: 'sessionOpened', sessionId: 'session-1', events: durable.slice(3), running: false });
  const button = () => panel.find('earlier').querySelector('button');
  await panel.click(button() as HTMLElement);
  expect(button()).toBeNull();
  await panel.act({ type: 'earlierEvents', sessionId: 'session-1', beforeSeq: 4, events: null });
  await panel.click(button() as HTMLElement);
  expect(panel.sent).toEqual(Array(2).fill({ type: 'pageSession', sessionId: 'session-1', beforeSeq: 4 }));
  await panel.act({ type: 'earlierEvents', sessionId: 'session-1', beforeSeq: 4, events: durable.slice(0, 3) });
  expect(panel.find('earlier').textContent).toBe('The beginning of the session');
});
