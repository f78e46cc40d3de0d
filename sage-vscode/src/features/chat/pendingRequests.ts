import { Signal } from '../../infrastructure/signal';
import type { ToWebview } from '../../protocol/bridge';
import type {
  AskQuestionParams,
  AskQuestionResult,
  PermissionRequestParams,
  PermissionRequestResult,
  ReviewPlanParams,
  ReviewPlanResult,
} from '../../protocol/generated';

export type PendingRequest =
  | {
      readonly kind: 'permission';
      readonly params: PermissionRequestParams;
      readonly answer: (result: PermissionRequestResult) => void;
    }
  | {
      readonly kind: 'question';
      readonly params: AskQuestionParams;
      readonly answer: (result: AskQuestionResult) => void;
    }
  | {
      readonly kind: 'plan';
      readonly params: ReviewPlanParams;
      readonly answer: (result: ReviewPlanResult) => void;
    };

/** What the server waits for: kept here, not in the webview, so that a reload of the panel loses no question. */
export class PendingRequests {
  readonly asked = new Signal<PendingRequest>();
  readonly closed = new Signal<PendingRequest>();
  readonly #requests = new Set<PendingRequest>();

  get all(): readonly PendingRequest[] {
    return [...this.#requests];
  }

  of(sessionId: string | null): readonly PendingRequest[] {
    return this.all.filter(({ params }) => params.sessionId === sessionId);
  }

  askPermission(params: PermissionRequestParams, signal: AbortSignal): Promise<PermissionRequestResult> {
    return this.#wait<PermissionRequestResult>(signal, (answer) => ({ kind: 'permission', params, answer }));
  }

  askQuestion(params: AskQuestionParams, signal: AbortSignal): Promise<AskQuestionResult> {
    return this.#wait<AskQuestionResult>(signal, (answer) => ({ kind: 'question', params, answer }));
  }

  reviewPlan(params: ReviewPlanParams, signal: AbortSignal): Promise<ReviewPlanResult> {
    return this.#wait<ReviewPlanResult>(signal, (answer) => ({ kind: 'plan', params, answer }));
  }

  answerPermission(callId: string, result: PermissionRequestResult): void {
    for (const request of this.all) {
      if (request.kind === 'permission' && request.params.callId === callId) {
        request.answer(result);
      }
    }
  }

  /** Without answers the card was closed, or the user said no. */
  answerQuestion(callId: string, answers: readonly (readonly string[])[] | null, declined = false): void {
    for (const request of this.all) {
      if (request.kind === 'question' && request.params.callId === callId) {
        request.answer(
          answers !== null ? { answers } : declined ? { answers: [], declined } : { answers: [], dismissed: true },
        );
      }
    }
  }

  answerPlan(callId: string, result: ReviewPlanResult): void {
    for (const request of this.all) {
      if (request.kind === 'plan' && request.params.callId === callId) {
        request.answer(result);
      }
    }
  }

  /** The server that asked is gone. */
  clear(): void {
    for (const request of this.all) {
      this.#close(request);
    }
  }

  #wait<T>(signal: AbortSignal, make: (answer: (result: T) => void) => PendingRequest): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const request = make((result) => {
        this.#close(request);
        resolve(result);
      });
      signal.addEventListener('abort', () => {
        this.#close(request);
        reject(new Error('The request was cancelled.'));
      });
      this.#requests.add(request);
      this.asked.emit(request);
    });
  }

  #close(request: PendingRequest): void {
    if (this.#requests.delete(request)) {
      this.closed.emit(request);
    }
  }
}

/** How the panel is asked. */
export function askMessage(request: PendingRequest): ToWebview {
  switch (request.kind) {
    case 'permission':
      return { type: 'permissionRequested', request: request.params };
    case 'question':
      return { type: 'questionAsked', request: request.params };
    default:
      return { type: 'planAsked', request: request.params };
  }
}

const closed = { permission: 'permissionClosed', question: 'questionClosed', plan: 'planClosed' } as const;

/** How the panel is told that nobody waits any more. */
export function closeMessage({ kind, params: { callId } }: PendingRequest): ToWebview {
  return { type: closed[kind], callId };
}
