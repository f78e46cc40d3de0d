import { useMemo } from 'preact/hooks';
import type { ListModelsResult, ModelPrice, ModelSummary } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { chooseModel } from '../../state/commands';
import type { Store } from '../../state/store';
import { formatPrice, formatTokens } from '../../text/format';
import { Dropdown } from '../controls/dropdown';
import { PickList, type PickOption } from '../controls/pickList';
import { useSelect, useStore } from '../storeContext';

/** Which model answers. One that lacks a key leads to the key. */
export function ModelPicker() {
  const store = useStore();
  const models = useSelect((state) => state.models);
  const selected = useSelect((state) => state.transcript.model ?? state.models?.selected ?? '');
  const options = useMemo(() => [...(models?.models ?? []).map(toOption), keyOption()], [models]);
  if (models === null) {
    return null;
  }
  const current = models.models.find((model) => model.id === selected);
  return (
    <Dropdown label={current?.name ?? t('Choose a model')} name={t('Model')} icon="sparkle" testId="model-picker">
      {(close) => (
        <PickList
          label={t('Search models')}
          options={options}
          selected={selected}
          searchable
          optionTestId="model-option"
          onClose={close}
          onPick={(id) => {
            pickModel(store, models, id);
            close();
          }}
        />
      )}
    </Dropdown>
  );
}

const keyOption = (): PickOption => ({
  id: '',
  label: t('Set an API key…'),
  keywords: 'connect provider',
  icon: 'key',
});

function pickModel(store: Store, { models }: ListModelsResult, id: string): void {
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined) {
    store.send({ type: 'setApiKey' });
  } else if (!model.ready) {
    store.send({ type: 'setApiKey', provider: model.provider });
  } else {
    chooseModel(store, id);
  }
}

function toOption(model: ModelSummary): PickOption {
  const context = model.contextWindow === undefined ? [] : [t('{0} tokens', formatTokens(model.contextWindow))];
  const price = model.price === undefined ? [] : [priceOf(model.price)];
  const abilities = [...(model.images ? [t('images')] : []), ...(model.thinking ? [t('thinking')] : [])];
  const detail = model.hint ?? [model.provider, ...context, ...abilities, ...price].join(' · ');
  const aside = model.ready ? undefined : <span class="pick-aside">{t('Set key')}</span>;
  return { id: model.id, label: model.name, detail, keywords: `${model.provider} ${model.id}`, aside };
}

/** For a million tokens of input and of output. */
function priceOf({ input, output }: ModelPrice): string {
  return input + output === 0 ? t('free') : t('{0} / {1} per 1M', formatPrice(input), formatPrice(output));
}
