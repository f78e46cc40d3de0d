import '@vscode/codicons/dist/codicon.css';
import './styles/main.css';
import { render } from 'preact';
import { connectToHost } from './bridge';
import { setLanguage } from './l10n';
import { createStore } from './state/store';
import { App } from './views/shell/app';

const bridge = connectToHost();
const root = document.querySelector<HTMLElement>('#root') ?? document.body;
setLanguage(document.documentElement.lang, root.dataset.texts);
render(<App store={createStore(bridge)} />, root);
bridge.send({ type: 'ready' });
