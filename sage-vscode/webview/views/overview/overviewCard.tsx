import { t } from '../../l10n';
import { cardOf, type OverviewRow } from '../../text/overviewRows';
import { visibleLine } from '../../text/visible';
import { IconButton } from '../controls/controls';
import { Icon } from '../controls/icon';
import { useSelect, useStore } from '../storeContext';

/** What the user has asked to see, as the server has said it. */
export function OverviewCard() {
  const store = useStore();
  const overview = useSelect((state) => state.overview);
  if (overview === null) {
    return null;
  }
  const { title, words, rows } = cardOf(overview);
  return (
    <section class="overview" aria-label={title} data-testid="overview">
      <div class="overview-head">
        <h2>{title}</h2>
        <IconButton icon="close" label={t('Close')} onClick={() => store.act({ type: 'overviewClosed' })} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keys */}
      <div class="overview-body" tabIndex={0}>
        <p role="status">{words}</p>
        <table class="overview-rows">
          <tbody>
            {rows.map((row, index) => (
              <Row key={`${index} ${row.label}`} {...row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const verdictWords = () => ({ ok: t('ok'), warn: t('warn'), fail: t('fail') });
const verdictIcons = { ok: 'pass', warn: 'warning', fail: 'error' } as const;

function Row({ label, value, detail, share, verdict }: OverviewRow) {
  return (
    <tr data-testid="overview-row">
      <th scope="row">
        {verdict !== undefined && (
          <span class={verdict} title={verdictWords()[verdict]}>
            <Icon name={verdictIcons[verdict]} />{' '}
          </span>
        )}
        {visibleLine(label)}
        {detail !== undefined && <span class="overview-detail">{visibleLine(detail)}</span>}
        {share !== undefined && (
          <span class="overview-bar" aria-hidden="true">
            <span style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </th>
      {value !== undefined && <td class="overview-value">{value}</td>}
    </tr>
  );
}
