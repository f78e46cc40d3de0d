import { t } from '../../l10n';
import type { ToolItem, ToolStatus } from '../../state/chatState';
import { PlanBody } from '../requests/plan/planBody';
import { useSelect } from '../storeContext';
import { FileDiffs } from './fileDiffs';
import { isActive, SubagentBody } from './subagentBody';
import { Terminal } from './terminal';
import { argument, isEdit, isOver, showInput } from './toolFacts';

/** What a call did, below its line. */
export function ToolBody({ tool, status }: { tool: ToolItem; status: ToolStatus }) {
  if (tool.proposed !== undefined) {
    return <PlanBody proposed={tool.proposed} />;
  }
  if (tool.inside !== undefined) {
    return (
      <div class="tool-body">
        <SubagentBody callId={tool.id} subagent={tool.inside} active={isActive(tool, status)} />
        {tool.changes.length > 0 && <FileDiffs id={tool.id} diffs={tool.changes} />}
      </div>
    );
  }
  if (tool.changes.length > 0) {
    return (
      <div class="tool-body">
        <FileDiffs id={tool.id} diffs={tool.changes} />
      </div>
    );
  }
  if (tool.name === 'run_command') {
    return <CommandBody tool={tool} status={status} />;
  }
  if (isEdit(tool.name) && status === 'running') {
    return null;
  }
  return <PlainBody tool={tool} />;
}

function CommandBody({ tool, status }: { tool: ToolItem; status: ToolStatus }) {
  const output = useSelect((state) => state.transcript.live.outputs[tool.id]);
  const command = argument(tool.input, 'command') ?? tool.title;
  const text = isOver(tool.status) ? tool.text : (output?.text ?? '');
  return (
    <div class="tool-body">
      {!tool.title.includes(command) && <pre class="command">{command}</pre>}
      {text !== '' && <Terminal id={tool.id} text={text} running={status === 'running'} cut={output?.cut === true} />}
    </div>
  );
}

/** Tools whose arguments stand in the line above. */
const titleSaysAll = new Set(['read_file', 'list_directory']);

function PlainBody({ tool }: { tool: ToolItem }) {
  const output = useSelect((state) => state.transcript.live.outputs[tool.id]);
  const isEmpty = typeof tool.input === 'object' && tool.input !== null && Object.keys(tool.input).length === 0;
  const text = tool.text === '' ? (output?.text ?? '') : tool.text;
  return (
    <div class="tool-body">
      {!isEmpty && !isEdit(tool.name) && !titleSaysAll.has(tool.name) && (
        <pre class="tool-input">{showInput(tool.input)}</pre>
      )}
      {text !== '' && <Terminal id={tool.id} text={text} running={!isOver(tool.status)} cut={output?.cut === true} />}
      {tool.images.map((image, index) => (
        <img
          key={index}
          class="tool-image"
          src={`data:${image.mediaType};base64,${image.data}`}
          alt={t('Result {0} of {1}', index + 1, tool.title)}
        />
      ))}
    </div>
  );
}
