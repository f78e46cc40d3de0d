import { useId } from 'preact/hooks';
import type { OfferAnswer, ProjectOffer } from '../../../src/protocol/generated';
import { plural, t } from '../../l10n';
import { visible } from '../../text/visible';
import { Button } from '../controls/controls';
import { useSelect, useStore } from '../storeContext';

/** What the project would like to be allowed: nothing of it is in force until the user has seen all of it and agreed. */
export function ProjectOffers() {
  const offers = useSelect((state) => state.offers);
  return (
    <>
      {offers.map((offer) => (
        <OfferCard key={offer.hash} offer={offer} />
      ))}
    </>
  );
}

function OfferCard({ offer }: { offer: ProjectOffer }) {
  const store = useStore();
  const titleId = useId();
  const { kind, hash, place, lines } = offer;
  const answer = (choice: OfferAnswer) => {
    store.act({ type: 'offerAnswered', hash });
    store.send({ type: 'answerOffer', kind, hash, answer: choice });
  };
  return (
    <section class="offer" aria-labelledby={titleId} data-testid="offer" data-kind={kind}>
      <p class="offer-title" id={titleId}>
        {titleOf(kind, lines.length)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ul class="offer-lines" tabIndex={0} aria-label={t('What it offers')}>
        {lines.map((line, index) => (
          <li key={index}>
            <code data-testid="offer-line">{visible(line)}</code>
          </li>
        ))}
      </ul>
      <p class="muted">{t('From {0}. It is not in use; when it changes, you are asked again.', visible(place))}</p>
      <div class="request-actions">
        <Button testId="offer-use" onClick={() => answer('use')}>
          {lines.length === 1 ? t('Use it') : t('Use them')}
        </Button>
        <Button secondary testId="offer-later" onClick={() => answer('notNow')}>
          {t('Not now')}
        </Button>
        <Button secondary testId="offer-never" onClick={() => answer('never')}>
          {t('Never for this project')}
        </Button>
      </div>
    </section>
  );
}

function titleOf(kind: string, count: number): string {
  if (kind === 'mcp') {
    return t('This project would like to run or call MCP servers, which bring tools along');
  }
  if (kind === 'hooks') {
    return t('This project would like to run programs of its own while Sage works (hooks)');
  }
  return kind === 'permissions.allow'
    ? plural(
        count,
        'This project would like 1 rule to allow calls without asking you',
        'This project would like {0} rules to allow calls without asking you',
      )
    : plural(
        count,
        'This project would like to use 1 thing of kind {1}',
        'This project would like to use {0} things of kind {1}',
        visible(kind),
      );
}
