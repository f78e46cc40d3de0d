import { useMemo } from 'preact/hooks';
import { plural, t } from '../../l10n';
import type { ToolItem } from '../../state/chatState';
import { makeLanes } from '../../state/lanes';
import { formatDuration } from '../../text/format';
import { visibleLine } from '../../text/visible';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';
import { useSeconds } from '../useSeconds';
import { StopCall } from './stopCall';
import { toolIcon } from './toolFacts';

/** Calls that run at once, side by side, each with what it last said and a stop of its own. */
export function Lanes() {
  const pick = useMemo(makeLanes, []);
  const lanes = useSelect(pick);
  if (lanes.length === 0) {
    return null;
  }
  return (
    <ul class="lanes" aria-label={plural(lanes.length, '1 call at once', '{0} calls at once')} data-testid="lanes">
      {lanes.map((tool) => (
        <Lane key={tool.id} tool={tool} />
      ))}
    </ul>
  );
}

function Lane({ tool }: { tool: ToolItem }) {
  const store = useStore();
  const said = useSelect(({ transcript: { live } }) => lastLine(live.outputs[tool.id]?.text ?? ''));
  const asks = useSelect(({ permissions }) => permissions.some(({ callId }) => callId === tool.id));
  const seconds = useSeconds();
  const title = visibleLine(tool.title);
  const state = asks ? t('waits for you') : seconds < 1 ? '' : formatDuration(seconds * 1000);
  return (
    <li class={`lane${asks ? ' waiting' : ''}`} data-testid="lane" data-call={tool.id}>
      <button
        type="button"
        class="lane-main"
        title={title}
        onClick={() => {
          store.revealed.value = { callId: tool.id };
        }}
      >
        <span class="lane-head">
          <Icon name={asks ? 'bell-dot' : toolIcon(tool.name)} />
          <span class="lane-title">{title}</span>
        </span>
        <span class="lane-said">{said === '' ? state : `${state} ${visibleLine(said)}`.trim()}</span>
      </button>
      <StopCall callId={tool.id} isSubagent={tool.name === 'run_subagent'} />
    </li>
  );
}

/** The last line with something in it, of the end of a text that may be long. */
function lastLine(text: string): string {
  const end = text.slice(-400).trimEnd();
  return end.slice(end.lastIndexOf('\n') + 1);
}
