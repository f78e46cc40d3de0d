import { useState } from 'preact/hooks';
import { useStore } from '../storeContext';

/** Whether the active file or selection goes along: the user's last choice, remembered across reloads. */
export function useContextSetting(): [included: boolean, change: (included: boolean) => void] {
  const store = useStore();
  const [included, setIncluded] = useState(store.remembered.sendsContext ?? true);
  return [
    included,
    (next) => {
      setIncluded(next);
      store.remember({ sendsContext: next });
    },
  ];
}
