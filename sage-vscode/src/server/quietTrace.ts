import type { LogOutputChannel } from 'vscode';
import { Methods } from '../protocol/generated';

const WITH_KEYS = [Methods.setModelKey, Methods.testModel];

/** The library traces whole messages when asked to; those that carry an API key must never be among them. */
export function quietAboutKeys(log: LogOutputChannel): LogOutputChannel {
  const trace = (message: string, ...rest: unknown[]) => {
    const method = WITH_KEYS.find((name) => message.includes(name));
    return method === undefined ? log.trace(message, ...rest) : log.trace(`${method} (content not traced)`);
  };
  return new Proxy(log, {
    get: (target, property) => {
      if (property === 'trace') {
        return trace;
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
