import type { SessionEvent } from '../../src/protocol/generated';
import type { BackgroundTask } from './chatState';
import { appendOutput, emptyOutput } from './streams';

/** The fold of a session's events into what runs in the background. */
export function foldBackground(tasks: readonly BackgroundTask[], event: SessionEvent): readonly BackgroundTask[] {
  switch (event.type) {
    case 'backgroundStarted':
      return [...tasks, { id: event.taskId, title: event.title, output: emptyOutput }];
    case 'backgroundOutput':
      return tasks.map((task) =>
        task.id === event.taskId ? { ...task, output: appendOutput(task.output, event.offset, event.text) } : task,
      );
    case 'backgroundEnded':
      return tasks.filter((task) => task.id !== event.taskId);
    default:
      return tasks;
  }
}
