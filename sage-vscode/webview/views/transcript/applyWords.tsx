import type { ApplyPrompt } from '../../../src/protocol/applyPrompt';
import { around, plural, t } from '../../l10n';
import { FileLink } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useExpanded } from '../storeContext';

/** A code block that the user applied: which file, and the code when it is asked for. */
export function ApplyWords({ id, apply: { path, isNew, code } }: { id: string; apply: ApplyPrompt }) {
  const [open, toggle] = useExpanded(`apply:${id}`, false);
  const lines = plural(code.split('\n').length, '1 line', '{0} lines');
  const [before, behind] = isNew ? around('Create {0}') : around('Apply to {0}');
  return (
    <div class="user-text apply" data-testid="apply-words">
      <div class="apply-line">
        <Icon name="git-stash-apply" />
        <span>
          {before}
          <FileLink path={path} />
          {behind}
        </span>
        <button type="button" class="link-button" aria-expanded={open} onClick={toggle}>
          {open ? t('Hide code') : lines}
        </button>
      </div>
      {open && <pre class="apply-code">{code}</pre>}
    </div>
  );
}
