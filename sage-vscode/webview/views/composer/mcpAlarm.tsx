import { plural } from '../../l10n';
import { visibleLine } from '../../text/visible';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** A red dot while an MCP server does not work. It carries the reason, and leads to the list of them. */
export function McpAlarm() {
  const store = useStore();
  const failed = useSelect((state) => state.mcpFailed);
  if (failed.length === 0) {
    return null;
  }
  const reasons = failed.map(({ name, reason }) => `${visibleLine(name)}: ${visibleLine(reason)}`);
  const label = `${plural(failed.length, '1 MCP server failed.', '{0} MCP servers failed.')} ${reasons.join('\n')}`;
  return (
    <button
      type="button"
      class="icon-button mcp-alarm"
      data-testid="mcp-alarm"
      aria-label={label}
      title={label}
      onClick={() => store.send({ type: 'showMcp' })}
    >
      <Icon name="mcp" />
      <span class="mcp-dot" />
    </button>
  );
}
