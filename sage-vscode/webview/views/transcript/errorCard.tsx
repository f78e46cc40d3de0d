import { t } from '../../l10n';
import { isBusy } from '../../state/chatState';
import { Button } from '../controls/controls';
import { Icon } from '../controls/icon';
import { OpenFolder } from '../controls/openFolder';
import { useSelect, useStore } from '../storeContext';

interface ErrorCardProps {
  readonly code: string;
  readonly message: string;
  readonly onRetry: (() => void) | null;
}

const titles = (): Readonly<Record<string, string>> => ({
  noModel: t('No model is connected'),
  authentication: t('The provider did not accept the API key'),
  modelNotFound: t('The provider does not know this model'),
  badRequest: t('The provider rejected the request'),
  contextOverflow: t('The conversation is too long for this model'),
  rateLimited: t('The provider’s rate limit is reached'),
  overloaded: t('The provider is overloaded'),
  network: t('The provider cannot be reached'),
  timeout: t('The provider did not answer in time'),
  invalidResponse: t('The provider’s answer makes no sense'),
  maxTokens: t('The reply was cut off'),
  contentFilter: t('The content filter ended the reply'),
  refusal: t('The model declined'),
  loopDetected: t('Sage went in circles and stopped'),
  storage: t('Sage’s files could not be written'),
  noFolder: t('Sage has no folder to work in'),
});

const keyErrors = new Set(['authentication', 'noModel']);

/** What went wrong, in plain words, and what to do about it. */
export function ErrorCard({ code, message, onRetry }: ErrorCardProps) {
  const store = useStore();
  const busy = useSelect(isBusy);
  const provider = useSelect(({ models }) => models?.models.find((model) => model.id === models.selected)?.provider);
  const needsKey = keyErrors.has(code);
  const setKey = () => store.send(provider === undefined ? { type: 'setApiKey' } : { type: 'setApiKey', provider });
  return (
    <section class="error-card" aria-label={t('Error')} data-testid="item-error" data-code={code}>
      <p class="error-title">
        <Icon name="error" />
        <span>{titles()[code] ?? t('Something went wrong')}</span>
      </p>
      <p class="error-message">{message}</p>
      <div class="request-actions">
        {needsKey && <Button onClick={setKey}>{t('Set API key')}</Button>}
        {code === 'noFolder' && <OpenFolder />}
        {onRetry !== null && (
          <Button secondary={needsKey || code === 'noFolder'} disabled={busy} testId="error-retry" onClick={onRetry}>
            {t('Retry')}
          </Button>
        )}
        {code === 'internal' && (
          <Button secondary onClick={() => store.send({ type: 'showLog' })}>
            {t('Show log')}
          </Button>
        )}
      </div>
    </section>
  );
}
