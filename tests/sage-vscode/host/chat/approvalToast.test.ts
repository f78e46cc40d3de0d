import { beforeEach, expect, test, vi } from 'vitest';
import { askInToast } from '../../../../sage-vscode/src/features/chat/approvalToast';
import { type PendingRequest, PendingRequests } from '../../../../sage-vscode/src/features/chat/pendingRequests';
import type { PermissionRequestParams, PermissionRequestResult } from '../../../../sage-vscode/src/protocol/generated';

const shown: { readonly kind: string; readonly text: string; readonly buttons: readonly string[] }[] = [];
let pressed: string | undefined;

vi.mock('vscode', () => {
  const show =
    (kind: string) =>
    (text: string, ...buttons: string[]) => {
      shown.push({ kind, text, buttons });
      return Promise.resolve(pressed);
    };
  return {
    l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '') },
    window: { showInformationMessage: show('information'), showWarningMessage: show('warning') },
  };
});

beforeEach(() => {
  shown.length = 0;
});

const never = new AbortController().signal;
const params: PermissionRequestParams = {
  sessionId: 's1',
  callId: 'c1',
  toolName: 'run_command',
  title: 'Run rm -rf build',
  input: { command: 'rm -rf build' },
  rule: 'run_command(rm -rf build)',
};

/** What a press of a button answers the server; null while nothing is answered. */
async function ask(change: Partial<PermissionRequestParams>, button: string): Promise<PermissionRequestResult | null> {
  pressed = button;
  const requests = new PendingRequests();
  const asked: PendingRequest[] = [];
  requests.asked.subscribe((request) => void asked.push(request));
  let answered: PermissionRequestResult | null = null;
  void requests.askPermission({ ...params, ...change }, never).then((result) => {
    answered = result;
  });
  for (const request of asked) {
    await askInToast(request, async () => {});
  }
  await Promise.resolve();
  return answered;
}

test('a call is asked for with Allow and Deny', async () => {
  expect(await ask({}, 'Allow')).toEqual({ decision: 'allow', scope: 'once' });
  expect(await ask({}, 'Deny')).toEqual({ decision: 'deny' });
  expect(shown[0]).toEqual({
    kind: 'information',
    text: 'Sage wants to: Run rm -rf build',
    buttons: ['Allow', 'Deny', 'Show'],
  });
});

test('a danger is said first, as a warning whose first button allows nothing', async () => {
  expect(await ask({ danger: 'It deletes the folder build.' }, 'Show')).toBeNull();
  expect(shown).toEqual([
    {
      kind: 'warning',
      text: 'Careful: It deletes the folder build. Sage wants to: Run rm -rf build',
      buttons: ['Show', 'Deny', 'Allow'],
    },
  ]);
});

test('a plan is shown, never accepted without having been read', async () => {
  pressed = 'Show';
  const requests = new PendingRequests();
  const asked: PendingRequest[] = [];
  requests.asked.subscribe((request) => void asked.push(request));
  void requests.reviewPlan({ sessionId: 's1', callId: 'p', plan: '1. Look' }, never);
  let isShown = false;
  for (const request of asked) {
    await askInToast(request, async () => {
      isShown = true;
    });
  }
  expect(shown).toEqual([{ kind: 'information', text: 'Sage has a plan for you to review.', buttons: ['Show'] }]);
  expect([isShown, requests.all.length]).toEqual([true, 1]);
});
