import type { SentCommand as Sent } from '../../../src/protocol/generated';
import { visibleLine } from '../../text/visible';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';

/** What was sent to the model in place of a command that the user typed. */
export function SentCommand({ id, command }: { readonly id: string; readonly command: Sent }) {
  const [open, toggle] = useExpanded(`command:${id}`, false);
  return (
    <div data-testid="sent-command">
      <button type="button" class="link-button sent-command" aria-expanded={open} onClick={toggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span>{visibleLine(command.place)}</span>
      </button>
      {open && <div class="user-text">{wholeText(command)}</div>}
    </div>
  );
}

/** As the file says it, with the arguments: the output of its lines stands in their calls. */
function wholeText({ text, lines = [] }: Sent): string {
  return text + lines.map(({ line, behind }) => `!\`${line}\`${behind}`).join('');
}
