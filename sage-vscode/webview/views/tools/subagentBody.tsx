import { useState } from 'preact/hooks';
import { plural, t } from '../../l10n';
import type { ToolItem, ToolStatus } from '../../state/chatState';
import type { Subagent, SubagentLine } from '../../state/subagent';
import { visibleLine } from '../../text/visible';
import { Icon } from '../controls/icon';
import { useExpanded, useSelect, useStore } from '../storeContext';
import { isOver, statusWord, toolIcon } from './toolFacts';

/** What a sub-agent says and does: one line each, which unfolds; and a field to say something to it while it works. */
export function SubagentBody({ callId, subagent, active }: { callId: string; subagent: Subagent; active: boolean }) {
  return (
    <>
      <ol class="subagent" data-testid="subagent" aria-label={t('What the sub-agent does')}>
        {subagent.lines.map((line) => (
          <Line key={`${line.kind}:${line.id}`} callId={callId} line={line} />
        ))}
        {active && <Saying callId={callId} />}
      </ol>
      {active && <SteerField callId={callId} />}
    </>
  );
}

export function stepsOf({ steps }: Subagent): string {
  return plural(steps, '1 step', '{0} steps');
}

/** Whether a sub-agent works: inside its call, or beside it. */
export function isActive(tool: ToolItem, status: ToolStatus): boolean {
  return tool.name === 'run_subagent' && (tool.beside === undefined ? !isOver(status) : tool.beside === 'working');
}

/** How one in the background goes; empty for one that its call waits for. */
export function besideWord({ beside }: ToolItem): string {
  switch (beside) {
    case undefined:
      return '';
    case 'working':
      return t('in the background');
    case 'exited':
      return t('done');
    case 'crashed':
      return statusWord('crashed');
    default:
      return statusWord('cancelled');
  }
}

/** The reply that it is just making. */
function Saying({ callId }: { callId: string }) {
  const text = useSelect((state) => state.transcript.live.inside[callId]?.text.text ?? '');
  return text.trim() === '' ? null : (
    <li class="subagent-line saying" data-testid="subagent-saying">
      <Icon name="loading" spin class="tool-icon" />
      <span class="subagent-title">{visibleLine(text.trim())}</span>
    </li>
  );
}

function SteerField({ callId }: { callId: string }) {
  const store = useStore();
  const [text, setText] = useState('');
  const send = (event: Event) => {
    event.preventDefault();
    if (text.trim() !== '') {
      store.send({ type: 'steerSubagent', callId, id: crypto.randomUUID(), text: text.trim() });
      setText('');
    }
  };
  return (
    <form class="subagent-steer" onSubmit={send}>
      <input
        type="text"
        aria-label={t('Tell this sub-agent something')}
        placeholder={t('Tell this sub-agent something…')}
        data-testid="steer-subagent"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}

function Line({ callId, line }: { callId: string; line: SubagentLine }) {
  const [open, toggle] = useExpanded(`subagent:${callId}:${line.kind}:${line.id}`, false);
  const title = visibleLine(line.kind === 'call' ? line.title : line.text);
  const meta = metaOf(line);
  return (
    <li class={`subagent-line ${line.kind === 'call' ? line.status : line.kind}`} data-testid="subagent-line">
      <button type="button" aria-expanded={open} onClick={toggle} title={title}>
        <LineIcon line={line} />
        <span class="subagent-title">{title}</span>
        {meta !== '' && <span class="tool-meta">{meta}</span>}
      </button>
      {open && line.text !== '' && <pre class="subagent-text">{line.text}</pre>}
    </li>
  );
}

function metaOf(line: SubagentLine): string {
  switch (line.kind) {
    case 'call':
      return line.status === 'ok' ? '' : statusWord(line.status);
    case 'steer':
      return line.state === 'accepted' ? t('waits for its next step') : line.state === 'dropped' ? t('not read') : '';
    default:
      return '';
  }
}

function LineIcon({ line }: { line: SubagentLine }) {
  if (line.kind !== 'call') {
    return <Icon name={line.kind === 'steer' ? 'account' : 'comment'} class="tool-icon" />;
  }
  return line.status === 'running' ? (
    <Icon name="loading" spin class="tool-icon" />
  ) : (
    <Icon name={line.status === 'waiting' ? 'bell-dot' : toolIcon(line.name)} class="tool-icon" />
  );
}
