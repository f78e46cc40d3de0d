/** A provider whose key the user may enter before the server has told of any. */
export interface KeyProvider {
  readonly id: string;
  readonly label: string;
}

const KNOWN: readonly KeyProvider[] = [
  { id: 'anthropic', label: 'Anthropic' },
  { id: 'openai', label: 'OpenAI' },
  { id: 'azure', label: 'Azure OpenAI' },
  { id: 'google', label: 'Google Gemini' },
  { id: 'openrouter', label: 'OpenRouter' },
  { id: 'deepseek', label: 'DeepSeek' },
  { id: 'moonshot', label: 'Moonshot' },
  { id: 'doubao', label: 'Doubao' },
  { id: 'zai', label: 'Z.AI' },
  { id: 'mistral', label: 'Mistral' },
  { id: 'groq', label: 'Groq' },
  { id: 'xai', label: 'xAI' },
  { id: 'openai-compatible', label: 'Another server with an OpenAI format' },
];

/** Both formats of OpenAI take the same key. */
export function keyOwner(provider: string): string {
  return provider === 'openai-responses' ? 'openai' : provider;
}

/** Providers without a key: the built-in demo, and servers on this machine. */
const KEYLESS = new Set(['demo', 'ollama', 'lmstudio', 'llamacpp']);

/** The known ones first, then those that only the server knows. */
export function providersThatTakeKeys(fromServer: readonly string[]): readonly KeyProvider[] {
  const known = new Set(KNOWN.map(({ id }) => id));
  const others = [...new Set(fromServer)].filter((id) => !known.has(keyOwner(id)) && !KEYLESS.has(id));
  return [...KNOWN, ...others.map((id) => ({ id, label: id }))];
}
