import type { Subagent, SubagentLine } from '../../state/subagent';
import { visibleLine } from '../../text/visible';
import { IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded, useStore } from '../storeContext';
import { statusWord, toolIcon } from './toolFacts';

/** What a sub-agent says and does: one line each, which unfolds. */
export function SubagentBody({ callId, subagent }: { callId: string; subagent: Subagent }) {
  return (
    <ol class="subagent" data-testid="subagent" aria-label="What the sub-agent does">
      {subagent.lines.map((line) => (
        <Line key={`${line.kind}:${line.id}`} callId={callId} line={line} />
      ))}
    </ol>
  );
}

/** Ends this sub-agent; the turn goes on. */
export function StopSubagent({ callId }: { callId: string }) {
  const store = useStore();
  return (
    <IconButton
      icon="debug-stop"
      label="Stop this sub-agent"
      testId="stop-subagent"
      onClick={() => store.send({ type: 'stopSubagent', callId })}
    />
  );
}

export function stepsOf({ steps }: Subagent): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}

function Line({ callId, line }: { callId: string; line: SubagentLine }) {
  const [open, toggle] = useExpanded(`subagent:${callId}:${line.kind}:${line.id}`, false);
  const title = visibleLine(line.kind === 'words' ? line.text : line.title);
  return (
    <li class={`subagent-line${line.kind === 'call' ? ` ${line.status}` : ''}`} data-testid="subagent-line">
      <button type="button" aria-expanded={open} onClick={toggle} title={title}>
        <LineIcon line={line} />
        <span class="subagent-title">{title}</span>
        {line.kind === 'call' && line.status !== 'ok' && <span class="tool-meta">{statusWord(line.status)}</span>}
      </button>
      {open && line.text !== '' && <pre class="subagent-text">{line.text}</pre>}
    </li>
  );
}

function LineIcon({ line }: { line: SubagentLine }) {
  if (line.kind === 'words') {
    return <Icon name="comment" class="tool-icon" />;
  }
  return line.status === 'running' ? (
    <Icon name="loading" spin class="tool-icon" />
  ) : (
    <Icon name={line.status === 'waiting' ? 'bell-dot' : toolIcon(line.name)} class="tool-icon" />
  );
}
