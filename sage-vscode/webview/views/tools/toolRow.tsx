import { memo } from 'preact/compat';
import { t } from '../../l10n';
import type { ToolItem, ToolStatus } from '../../state/chatState';
import { isQuiet } from '../../state/rows';
import { formatDuration } from '../../text/format';
import { visibleLine } from '../../text/visible';
import { FileLink, IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { ApprovalCard } from '../requests/approvalCard';
import { PlanCard } from '../requests/plan/planCard';
import { QuestionCard } from '../requests/questionCard';
import { useExpanded, useSelect, useStore } from '../storeContext';
import { useSeconds } from '../useSeconds';
import { Counts, countLines } from './counts';
import { HookLine } from './hookLine';
import { StopCall } from './stopCall';
import { besideWord, isActive, stepsOf } from './subagentBody';
import { ToolBody } from './toolBody';
import { argument, isEdit, isOver, planOutcome, statusWord, toolIcon } from './toolFacts';

/** One tool call: a line that says what and how it went, and below it what is worth seeing. */
export const ToolRow = memo(function ToolRow({ tool }: { tool: ToolItem }) {
  const settled = useSelect((state) => state.transcript.live.settled[tool.id]);
  const permission = useSelect((state) => state.permissions.find((request) => request.callId === tool.id));
  const question = useSelect((state) => state.questions.find((request) => request.callId === tool.id));
  const plan = useSelect((state) => state.plans.find((request) => request.callId === tool.id));
  const { status: known, durationMs } = isOver(tool.status) || settled === undefined ? tool : settled;
  const status: ToolStatus = permission === undefined ? known : 'waiting';
  const [open, toggle] = useExpanded(`tool:${tool.id}`, opensByItself(tool, status));
  const asks = permission !== undefined || question !== undefined || plan !== undefined;

  return (
    <article
      class={`tool ${status}${isQuiet(tool) ? ' quiet' : ''}`}
      data-testid="item-tool"
      data-tool={tool.name}
      data-status={status}
      aria-label={`${visibleLine(tool.title)}, ${planOutcome(tool) ?? statusWord(status)}`}
    >
      <div class="tool-line">
        <StatusIcon tool={tool} status={status} />
        <ToolTitle tool={tool} open={open} toggle={toggle} />
        {tool.changes.length > 0 && <Counts {...countLines(tool.changes.flatMap((change) => change.hunks))} />}
        {tool.inside !== undefined && tool.inside.steps > 0 && <span class="tool-meta">{stepsOf(tool.inside)}</span>}
        <span class="tool-meta">
          {tool.beside === undefined ? (planOutcome(tool) ?? metaText(status, durationMs)) : besideWord(tool)}
        </span>
        {isActive(tool, status) && <Elapsed />}
        {tool.name === 'run_command' && status === 'running' && <ToBackground callId={tool.id} />}
        {(isActive(tool, status) || status === 'running') && (
          <StopCall callId={tool.id} isSubagent={tool.name === 'run_subagent'} />
        )}
      </div>
      {tool.hooks?.map((ran, index) => (
        <HookLine key={index} id={`${tool.id}:${index}`} ran={ran} />
      ))}
      {permission !== undefined && <ApprovalCard request={permission} />}
      {question !== undefined && <QuestionCard request={question} />}
      {plan !== undefined && <PlanCard request={plan} />}
      {open && !asks && <ToolBody tool={tool} status={status} />}
    </article>
  );
});

/** Since when it is shown; from the third second on. */
function Elapsed() {
  const seconds = useSeconds();
  return seconds < 3 ? null : <span class="tool-meta">{formatDuration(seconds * 1000)}</span>;
}

/** A command that takes longer than one wants to wait goes on beside the turn. */
function ToBackground({ callId }: { callId: string }) {
  const store = useStore();
  return (
    <IconButton
      icon="server-process"
      label={t('Move to the background')}
      testId="to-background"
      onClick={() => store.send({ type: 'moveToBackground', callId })}
    />
  );
}

function StatusIcon({ tool, status }: { tool: ToolItem; status: ToolStatus }) {
  if (tool.beside === 'working') {
    return <Icon name="loading" spin class="tool-icon" />;
  }
  switch (status) {
    case 'running':
      return <Icon name="loading" spin class="tool-icon" />;
    case 'waiting':
      return <Icon name="bell-dot" class="tool-icon" />;
    case 'ok':
      return <Icon name={toolIcon(tool.name)} class="tool-icon" />;
    case 'denied':
    case 'cancelled':
      return <Icon name="circle-slash" class="tool-icon" />;
    case 'timedOut':
      return <Icon name="watch" class="tool-icon" />;
    default:
      return <Icon name="error" class="tool-icon" />;
  }
}

/** The line folds and unfolds; a path in it opens the file. */
function ToolTitle({ tool, open, toggle }: { tool: ToolItem; open: boolean; toggle: () => void }) {
  const path = argument(tool.input, 'path');
  const at = path === undefined || path === '' ? -1 : tool.title.indexOf(path);
  const title = visibleLine(tool.title);
  const before = at < 0 ? title : visibleLine(tool.title.slice(0, at));
  return (
    <>
      <button type="button" class="tool-toggle" aria-expanded={open} onClick={toggle} title={title}>
        <span class={`tool-title${tool.name === 'run_command' ? ' mono' : ''}`}>{before}</span>
        {at >= 0 && <span class="sr-only">{visibleLine(path ?? '')}</span>}
      </button>
      {at >= 0 && path !== undefined && (
        <span class="tool-path">
          <FileLink path={path} />
          {visibleLine(tool.title.slice(at + path.length))}
        </span>
      )}
    </>
  );
}

function metaText(status: ToolStatus, durationMs: number): string {
  switch (status) {
    case 'ok':
      return durationMs >= 100 ? formatDuration(durationMs) : '';
    case 'running':
    case 'waiting':
      return '';
    case 'error':
      return durationMs >= 100 ? `${statusWord(status)} · ${formatDuration(durationMs)}` : statusWord(status);
    default:
      return statusWord(status);
  }
}

/** What went well is folded, except edits: their diff is the point. What runs or failed is shown. */
function opensByItself(tool: ToolItem, status: ToolStatus): boolean {
  if (isEdit(tool.name) || isActive(tool, status)) {
    return true;
  }
  return status === 'running'
    ? tool.name === 'run_command'
    : status === 'error' || status === 'timedOut' || status === 'crashed';
}
