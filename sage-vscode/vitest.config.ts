import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // There is no editor here; a test that needs more of it than texts brings its own.
  resolve: { alias: { vscode: fileURLToPath(new URL('../tests/sage-vscode/host/fakes/vscode.ts', import.meta.url)) } },
  test: {
    include: ['tests/sage-vscode/**/*.test.{ts,tsx}'],
    passWithNoTests: true,
    // A busy machine is not a failed test.
    testTimeout: 30_000,
  },
});
