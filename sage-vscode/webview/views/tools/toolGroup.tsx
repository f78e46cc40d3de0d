import { memo } from 'preact/compat';
import type { ToolItem } from '../../state/chatState';
import { plural } from '../../text/format';
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
  ['read_file', (count) => `read ${plural(count, 'file')}`],
  ['grep', (count) => (count === 1 ? 'searched once' : `searched ${count} times`)],
  ['glob', (count) => `matched ${plural(count, 'pattern')}`],
  ['list_directory', (count) => `listed ${plural(count, 'folder')}`],
  ['diagnostics', () => 'checked problems'],
  ['command_output', (count) => `checked output ${count === 1 ? 'once' : `${count} times`}`],
];

export function summarise(tools: readonly ToolItem[]): string {
  const parts = phrases.flatMap(([name, phrase]) => {
    const count = tools.filter((tool) => tool.name === name).length;
    return count === 0 ? [] : [phrase(count)];
  });
  const sentence = parts.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
