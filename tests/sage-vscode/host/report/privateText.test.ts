import { expect, test } from 'vitest';
import { privateText } from '../../../../sage-vscode/src/features/report/privateText';

const anna = { home: '/home/anna', user: 'anna', machine: 'dev-box' };

test.each([
  'sk-ant-api03-abcdefghijklmnopqrstuvwx',
  'AIzaSyA1234567890abcdefghijklmnopqrstuv',
  'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'github_pat_11ABCDEFG0abcdefghijkl_mnop',
  'xoxb-123456789012-abcdefghij',
  'AKIAIOSFODNN7EXAMPLE',
  'gsk_abcdefghijklmnopqrstuvwxyz',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
])('the keys that the server knows are known here: %s', (key) => {
  expect(privateText(`the key ${key}, and "${key}"`, anna)).toBe('the key [secret], and "[secret]"');
});

test('a bearer header and an address keep what is no secret', () => {
  expect(privateText('Bearer abc.def-ghi_jkl0123 https://me:pass@example.org', anna)).toBe(
    'Bearer [secret] https://me:[secret]@example.org',
  );
});

test('the home folder is a tilde, and names are hidden where they are whole words', () => {
  expect(privateText('/home/anna/x /home/annabel Anna on DEV-BOX, hannah', anna)).toBe(
    '~/x /home/annabel [user] on [machine], hannah',
  );
  const windows = { ...anna, home: 'C:\\Users\\Anna' };
  expect(privateText('c:\\users\\anna\\x "C:\\\\Users\\\\Anna\\\\x"', windows)).toBe('~\\x "~\\\\x"');
});

test('names too short to tell from words are left, and so is a home at the root', () => {
  expect(privateText('/an in vm', { home: '/', user: 'an', machine: 'vm' })).toBe('/an in vm');
});

test('nothing in a name is a pattern', () => {
  expect(privateText('axb [a.b', { home: '', user: '[a.b', machine: '' })).toBe('axb [user]');
});
