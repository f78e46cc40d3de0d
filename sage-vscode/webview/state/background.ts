import type { SessionEvent } from '../../src/protocol/generated';
import type { BackgroundTask } from './chatState';
import { appendOutput, emptyOutput } from './streams';

/** The fold of a session's events into what runs in the background. */
export function foldBackground(tasks: readonly BackgroundTask[], event: SessionEvent): readonly BackgroundTask[] {
  switch (event.type) {
    case 'backgroundStarted': {
      const { taskId: id, callId, title, subagent = null } = event;
      return [...tasks, { id, callId, title, subagent, open: [], output: emptyOutput }];
    }
    case 'backgroundOutput':
      return tasks.map((task) =>
        task.id === event.taskId ? { ...task, output: appendOutput(task.output, event.offset, event.text) } : task,
      );
    case 'subagent':
      return foldOpen(tasks, event.callId, event.event);
    case 'backgroundEnded':
      return tasks.filter((task) => task.id !== event.taskId);
    default:
      return tasks;
  }
}

/** The sub-agent that a call has started and that goes on beside it. */
export function besideOf(tasks: readonly BackgroundTask[], callId: string): BackgroundTask | undefined {
  return tasks.find((task) => task.callId === callId && task.subagent !== null);
}

function foldOpen(tasks: readonly BackgroundTask[], callId: string, event: SessionEvent): readonly BackgroundTask[] {
  if ((event.type !== 'toolCallStarted' && event.type !== 'toolCallEnded') || besideOf(tasks, callId) === undefined) {
    return tasks;
  }
  return tasks.map((task) => {
    if (task.callId !== callId) {
      return task;
    }
    const others = task.open.filter((id) => id !== event.callId);
    return { ...task, open: event.type === 'toolCallStarted' ? [...others, event.callId] : others };
  });
}
