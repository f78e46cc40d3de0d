import { useMemo } from 'preact/hooks';
import type { PermissionMode } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { chooseMode } from '../../state/commands';
import { Dropdown } from '../controls/dropdown';
import { PickList, type PickOption } from '../controls/pickList';
import { useSelect, useStore } from '../storeContext';

const modes = (): readonly (PickOption & { readonly id: PermissionMode; readonly icon: string })[] => [
  { id: 'ask', label: t('Ask'), icon: 'shield', detail: t('Reads freely; asks before edits and commands') },
  {
    id: 'autoEdit',
    label: t('Auto-edit'),
    icon: 'edit',
    detail: t('Edits files in this workspace without asking; asks before commands'),
  },
  { id: 'plan', label: t('Plan'), icon: 'checklist', detail: t('Only reads and plans; changes nothing') },
  { id: 'full', label: t('Full'), icon: 'rocket', detail: t('Does everything without asking, commands too') },
];

function isMode(id: string): id is PermissionMode {
  return modes().some((mode) => mode.id === id);
}

/** What Sage may do without asking. */
export function ModePicker() {
  const store = useStore();
  const mode = useSelect((state) => state.mode);
  const trusted = useSelect((state) => state.trusted);
  const options = useMemo(modes, []);
  const current = options.find((candidate) => candidate.id === mode);
  return (
    <Dropdown
      label={trusted ? (current?.label ?? mode) : t('Restricted')}
      name={t('Mode')}
      icon={trusted ? (current?.icon ?? 'shield') : 'lock'}
      testId="mode-picker"
    >
      {(close) => (
        <>
          {!trusted && (
            <p class="pick-note" data-testid="mode-note">
              {t('This workspace is not trusted: until it is, Sage only reads, whatever is chosen here.')}
            </p>
          )}
          <PickList
            label={t('Mode')}
            options={options}
            selected={mode}
            optionTestId="mode-option"
            onClose={close}
            onPick={(id) => {
              if (isMode(id)) {
                chooseMode(store, id);
              }
              close();
            }}
          />
        </>
      )}
    </Dropdown>
  );
}
