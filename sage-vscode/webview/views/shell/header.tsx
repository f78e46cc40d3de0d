import { useSelect } from '../storeContext';

/** What this session is about. What can be done with sessions is in the title bar of the view, which the editor draws. */
export function Header() {
  const title = useSelect(({ transcript }) => {
    const first = transcript.items.find((item) => item.kind === 'user');
    return first?.kind === 'user' ? firstLine(first.prompt) : null;
  });
  if (title === null) {
    return null;
  }
  return (
    <header class="header">
      <h1 class="header-title" title={title}>
        {title}
      </h1>
    </header>
  );
}

function firstLine(prompt: string): string {
  return prompt.trim().split('\n')[0]?.slice(0, 120) || 'Session';
}
