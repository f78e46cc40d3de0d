import { t } from '../../l10n';
import type { BackgroundTask } from '../../state/chatState';
import { IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect, useStore } from '../storeContext';
import { Terminal } from '../tools/terminal';
import { toolIcon } from '../tools/toolFacts';

/** What runs on although its call has its result: its output, and ways to stop or keep it. */
export function BackgroundPanel() {
  const tasks = useSelect((state) => state.transcript.background);
  if (tasks.length === 0) {
    return null;
  }
  return (
    <section class="dock-panel" aria-label={t('Running in the background')} data-testid="background">
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} />
      ))}
    </section>
  );
}

function TaskRow({ task }: { task: BackgroundTask }) {
  const store = useStore();
  const [open, toggle] = useExpanded(`background:${task.id}`, false);
  return (
    <div class="background-task" data-testid="background-task">
      <div class="background-line">
        <button type="button" class="dock-head" aria-expanded={open} onClick={toggle} title={task.title}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <Icon name={task.subagent === null ? 'server-process' : toolIcon('run_subagent')} />
          <span class="background-title">{task.title}</span>
          {!open && <span class="dock-peek">{lastLine(task.output.text)}</span>}
        </button>
        {task.subagent === null && (
          <IconButton
            icon="terminal"
            label={t('Keep: restart in a terminal, which stays when Sage ends')}
            testId="background-keep"
            onClick={() => store.send({ type: 'keepBackground', taskId: task.id })}
          />
        )}
        <IconButton
          icon="debug-stop"
          label={t('Stop')}
          testId="background-stop"
          onClick={() => store.send({ type: 'stopBackground', taskId: task.id })}
        />
      </div>
      {open && <Terminal id={task.id} text={task.output.text} running cut={task.output.cut} />}
    </div>
  );
}

function lastLine(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1);
}
