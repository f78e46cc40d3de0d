import { useId, useState } from 'preact/hooks';
import type { GrantScope, PermissionRequestParams, PermissionRequestResult } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { visible } from '../../text/visible';
import { Button } from '../controls/controls';

interface Choice {
  readonly scope: Exclude<GrantScope, 'once'>;
  readonly label: string;
  readonly title: string;
}

const choices = (): readonly Choice[] => [
  { scope: 'session', label: t('For this session'), title: t('Allow, and do not ask again in this session') },
  { scope: 'workspace', label: t('Always in this folder'), title: t('Allow, and do not ask again in this folder') },
  { scope: 'user', label: t('Always everywhere'), title: t('Allow, and do not ask again in any folder') },
];

interface GrantChoicesProps {
  readonly request: PermissionRequestParams;
  readonly onGrant: (answer: PermissionRequestResult) => void;
}

/** Allows for longer than once: how long, and exactly what. */
export function GrantChoices({ request: { rule, widerRule }, onGrant }: GrantChoicesProps) {
  const ruleId = useId();
  const [isWider, setWider] = useState(false);
  const grant = (scope: GrantScope) =>
    onGrant({ decision: 'allow', scope, ...(isWider && widerRule !== undefined && { rule: widerRule }) });
  return (
    <fieldset class="grants" data-testid="approval-grants">
      <legend class="muted">{t('Allow without asking again')}</legend>
      {widerRule === undefined ? (
        <p class="grant-rule" id={ruleId}>
          <span class="muted">{t('Allows:')} </span>
          <code data-testid="approval-rule">{visible(rule)}</code>
        </p>
      ) : (
        <div class="grant-rules" role="radiogroup" aria-label={t('What is allowed')}>
          <RuleChoice
            name={ruleId}
            label={t('Allows only:')}
            rule={rule}
            testId="approval-rule"
            checked={!isWider}
            onChoose={() => setWider(false)}
          />
          <RuleChoice
            name={ruleId}
            label={t('Allows all of:')}
            rule={widerRule}
            testId="approval-wider-rule"
            checked={isWider}
            onChoose={() => setWider(true)}
          />
        </div>
      )}
      <div class="grant-scopes">
        {choices().map(({ scope, label, title }) => (
          <Button
            key={scope}
            secondary
            testId={`approval-allow-${scope}`}
            title={title}
            describedBy={widerRule === undefined ? ruleId : undefined}
            onClick={() => grant(scope)}
          >
            {label}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

interface RuleChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly rule: string;
  readonly testId: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function RuleChoice({ name, label, rule, testId, checked, onChoose }: RuleChoiceProps) {
  return (
    <label class="grant-rule radio">
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>
        <span class="muted">{label} </span>
        <code data-testid={testId}>{visible(rule)}</code>
      </span>
    </label>
  );
}
