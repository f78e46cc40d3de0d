import type { ApplyPrompt } from '../../../src/protocol/applyPrompt';
import { plural } from '../../text/format';
import { FileLink } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';

/** A code block that the user applied: which file, and the code when it is asked for. */
export function ApplyWords({ id, apply: { path, isNew, code } }: { id: string; apply: ApplyPrompt }) {
  const [open, toggle] = useExpanded(`apply:${id}`, false);
  const lines = plural(code.split('\n').length, 'line');
  return (
    <div class="user-text apply" data-testid="apply-words">
      <div class="apply-line">
        <Icon name="git-stash-apply" />
        <span>
          {isNew ? 'Create ' : 'Apply to '}
          <FileLink path={path} />
        </span>
        <button type="button" class="link-button" aria-expanded={open} onClick={toggle}>
          {open ? 'Hide code' : lines}
        </button>
      </div>
      {open && <pre class="apply-code">{code}</pre>}
    </div>
  );
}
