import { memo } from 'preact/compat';
import { plural, t } from '../../l10n';
import type { ToolItem } from '../../state/chatState';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';
import { ToolRow } from './toolRow';

/** Several quiet calls in a row as one line: `Read 3 files, searched twice`. */
export const ToolGroup = memo(function ToolGroup({ id, tools }: { id: string; tools: readonly ToolItem[] }) {
  const [open, toggle] = useExpanded(id, false);
  return (
    <div class="tool-group" data-testid="tool-group">
      <button type="button" class="group-toggle" aria-expanded={open} onClick={toggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span>{summarise(tools)}</span>
      </button>
      <div class="group-items" hidden={!open}>
        {tools.map((tool) => (
          <ToolRow key={tool.id} tool={tool} />
        ))}
      </div>
    </div>
  );
});

const phrases: readonly (readonly [name: string, phrase: (count: number) => string])[] = [
  ['read_file', (count) => plural(count, 'read 1 file', 'read {0} files')],
  ['grep', (count) => plural(count, 'searched once', 'searched {0} times')],
  ['glob', (count) => plural(count, 'matched 1 pattern', 'matched {0} patterns')],
  ['list_directory', (count) => plural(count, 'listed 1 folder', 'listed {0} folders')],
  ['diagnostics', () => t('checked problems')],
  ['command_output', (count) => plural(count, 'checked output once', 'checked output {0} times')],
];

export function summarise(tools: readonly ToolItem[]): string {
  const parts = phrases.flatMap(([name, phrase]) => {
    const count = tools.filter((tool) => tool.name === name).length;
    return count === 0 ? [] : [phrase(count)];
  });
  const sentence = parts.join(t(', '));
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
