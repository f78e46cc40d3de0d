import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Seconds since the view appeared. */
export function useSeconds(): number {
  const seconds = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => {
      seconds.value++;
    }, 1_000);
    return () => clearInterval(timer);
  }, [seconds]);
  return seconds.value;
}
