import { useEffect } from 'preact/hooks';
import type { Mention } from '../../../src/protocol/bridge';
import { t } from '../../l10n';
import { sendPrompt } from '../../state/commands';
import { Button } from '../controls/controls';
import { Icon } from '../controls/icon';
import { OpenFolder } from '../controls/openFolder';
import { useSelect, useStore } from '../storeContext';

const samples = () => [
  { icon: 'book', text: t('Explain how this project is put together') },
  { icon: 'bug', text: t('Find a bug and show me how to fix it') },
  { icon: 'beaker', text: t('Write a test for the file I have open') },
  { icon: 'checklist', text: t('List the TODO comments and plan how to resolve them') },
];

/** The empty panel: what Sage does, what to try, and an honest word when no model is connected. */
export function Welcome() {
  const workspace = useSelect((state) => state.workspaceName);
  const starting = useSelect((state) => state.server.kind === 'starting');
  const stopped = useSelect((state) => state.server.kind === 'stopped');
  const hasFolder = useSelect((state) => !state.initialized || state.workspaceName !== null);
  return (
    <div class="welcome" data-testid="welcome">
      <h2 class="welcome-title">
        {workspace === null ? t('What shall we do?') : t('What shall we do in {0}?', workspace)}
      </h2>
      <p class="muted">
        {t('Sage reads your code, edits files and runs commands. It asks before it changes anything.')}
      </p>
      <ConnectCard />
      {hasFolder ? <Samples disabled={stopped} /> : <FolderCard />}
      {starting && (
        <p class="muted" role="status">
          <Icon name="loading" spin /> {t('Starting the Sage server…')}
        </p>
      )}
    </div>
  );
}

/** What the editor shows and Sage can look after. */
const offers: readonly { kind: Mention['kind']; icon: string; words: () => string }[] = [
  { kind: 'problems', icon: 'warning', words: () => t('Fix these problems:') },
  { kind: 'changes', icon: 'diff', words: () => t('Review my changes before I commit them:') },
];

/** Prompts about what is in this workspace now: they are put into the field with what they are about. */
function Offers({ disabled }: { disabled: boolean }) {
  const store = useStore();
  const isReady = useSelect((state) => state.initialized);
  const mentions = useSelect((state) => state.mentions.items);
  useEffect(() => {
    if (isReady) {
      store.send({ type: 'findMentions', words: '' });
    }
  }, [isReady, store]);
  return offers.flatMap(({ kind, icon, words }) => {
    const item = mentions.find((mention) => mention.kind === kind);
    return item === undefined
      ? []
      : [
          <li key={kind}>
            <button
              type="button"
              class="sample"
              data-testid="offer-prompt"
              disabled={disabled}
              onClick={() => {
                store.setDraft(`${words()} @${kind} `);
                store.send({ type: 'takeMention', item });
                document.querySelector<HTMLElement>('[data-testid="composer-input"]')?.focus();
              }}
            >
              <Icon name={icon} />
              <span>
                {words()} {item.detail}
              </span>
            </button>
          </li>,
        ];
  });
}

function Samples({ disabled }: { disabled: boolean }) {
  const store = useStore();
  return (
    <ul class="samples" aria-label={t('Try one of these')}>
      <Offers disabled={disabled} />
      {samples().map((sample) => (
        <li key={sample.text}>
          <button
            type="button"
            class="sample"
            disabled={disabled}
            onClick={() => sendPrompt(store, [{ type: 'text', text: sample.text }])}
          >
            <Icon name={sample.icon} />
            <span>{sample.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function FolderCard() {
  return (
    <section class="connect" aria-label={t('Open a folder')}>
      <p>
        <strong>{t('No folder is open.')}</strong>{' '}
        {t(
          'Sage works on the files of a folder; open one to chat. The light bulb and the inline edit work in single files too.',
        )}
      </p>
      <OpenFolder />
    </section>
  );
}

function ConnectCard() {
  const store = useStore();
  const onlyDemo = useSelect(
    ({ models }) => models !== null && !models.models.some((model) => model.ready && model.provider !== 'demo'),
  );
  if (!onlyDemo) {
    return null;
  }
  return (
    <section class="connect" aria-label={t('Connect a model')}>
      <p>
        <strong>{t('No AI model is connected yet.')}</strong>{' '}
        {t(
          'Until then a built-in demo answers: it follows simple rules and is not an AI, but it drives the real tools on your real files.',
        )}
      </p>
      <Button onClick={() => store.send({ type: 'connectModel' })}>{t('Connect a model')}</Button>
    </section>
  );
}
